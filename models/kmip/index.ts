import type { Model } from '#models/language/index.ts';
import { ambiguities } from './ambiguities.ts';
import { messages } from './messages.ts';
import { requirements } from './requirements.ts';
import { session } from './session.ts';

/** KMIP messages and batches. */
export const kmipModel = {
  protocol: 'kmip',
  title: 'KMIP Messages and Batches',
  documents: {
    'cosmian-bulk': 'Cosmian KMS, Bulk mode with Messages',
    'kmip-1.4': 'Key Management Interoperability Protocol Specification Version 1.4',
    'kmip-2.1': 'Key Management Interoperability Protocol Specification Version 2.1',
    'kmip-encodings': 'KMIP Additional Message Encodings Version 1.0',
    'kmip-profiles': 'Key Management Interoperability Protocol Profiles Version 2.1',
  },
  sides: ['server', 'client'],
  server: 'server',
  turnTaking: false,
  messages,
  requirements,
  ambiguities,
  session,
  guards: {
    thenIdle: requirements.goodServed,
    mayEnd: requirements.connectionKept,
    mayEndIdle: requirements.connectionKept,
    namesVersions: requirements.versionsAnswered,
  },
  unfinished: requirements.messageWhole,
  blame: {
    outOfTurn: { server: requirements.nothingUnasked, client: requirements.clientWaits },
    wrongMessage: { server: requirements.nothingUnasked, client: requirements.clientWaits },
    silence: { server: requirements.everyRequestAnswered, client: requirements.clientWaits },
    closing: { server: requirements.connectionKept, client: requirements.messageWhole },
  },
} as const satisfies Model;

export { ambiguities, messages, requirements };
export type { MessageName } from './messages.ts';
export { keyOf, operations, fieldRules, type FieldRule, type OperationKey } from './operations.ts';
export { all, at, field, has, isFields, isSame, numberAt, textAt, type Fields } from './fields.ts';
export { newConversation, type SessionInput } from './conversation.ts';
export { judged } from './response.ts';
export { reasons, type ReasonSet } from './reasons.ts';
export { serverSession } from './session.ts';
export { structures } from './structures.ts';
export { payloadsIn, structureIn } from './versions.ts';
export { remembered } from './memory.ts';
export {
  continuationOf,
  faults,
  isCritical,
  isOrdered,
  itemsOf,
  nameOf,
  speakerOf,
  versionOf,
  type Conversation,
  type Fault,
  type KmipEvent,
  type Request,
  type Side,
} from './talk.ts';
export { usesOf, type KnownObject, type World } from './world.ts';
