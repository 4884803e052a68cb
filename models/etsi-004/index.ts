import type { Model, Requirement } from '#models/language/index.ts';
import { ambiguities } from './ambiguities.ts';
import { regions } from './conversation.ts';
import { messages } from './messages.ts';
import { requirements } from './requirements.ts';
import { session } from './session.ts';

/** What the guards of one region demand, by the region's end. */
const demands = (end: 'a' | 'b'): Readonly<Record<string, Requirement>> => ({
  Opens: end === 'a' ? requirements.sourceIdNull : requirements.destinationIdGiven,
  Reopens: requirements.idInUseRefused,
  Opened: end === 'a' ? requirements.streamIdAssigned : requirements.streamIdKept,
  Serves: requirements.peerNeeded,
  WasPushing: requirements.pushAfterGetKey,
  Overtakes: requirements.pushAfterGetKey,
  Pushes: requirements.pushAfterGetKey,
  PushesBeside: requirements.pushAfterGetKey,
  PushesLate: requirements.closeEndsPushing,
});

const guards: Readonly<Record<string, Requirement>> = Object.fromEntries(
  Object.entries(regions).flatMap(([region, { end }]) =>
    Object.entries(demands(end)).map(([guard, row]) => [`${region}${guard}`, row]),
  ),
);

/** The push mode of ETSI GS QKD 004 between a key management system and a QKD device. */
export const etsi004Model = {
  protocol: 'etsi-004',
  title: 'ETSI GS QKD 004, push mode',
  documents: {
    'etsi-004-push': 'ETSI GS QKD 004 push mode, OpenAPI specification 1.0.1, QKD device',
    'etsi-004-push-kms': 'ETSI GS QKD 004 push mode, OpenAPI specification 1.0.1, KMS',
    'etsi-gs-qkd-004': 'ETSI GS QKD 004 V2.1.1, Application Interface',
    'etsi-004-framing':
      'The frames of the open servers of ETSI GS QKD 004: version 1.0.1 (QUBIP), 2.1.1 (edition 3)',
    'rfc-4648': 'RFC 4648, The Base16, Base32, and Base64 Data Encodings',
    'rfc-8259': 'RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format',
    'rfc-9110': 'RFC 9110, HTTP Semantics',
    'rfc-9112': 'RFC 9112, HTTP/1.1',
    'rfc-9562': 'RFC 9562, Universally Unique IDentifiers (UUIDs)',
  },
  sides: ['qkd-device', 'kms'],
  server: 'qkd-device',
  turnTaking: false,
  connections: 'many',
  messages,
  requirements,
  ambiguities,
  session,
  guards,
  unfinished: requirements.lengthsRight,
  blame: {
    outOfTurn: {
      'qkd-device': requirements.oneAnswerACall,
      kms: requirements.oneAnswerACall,
    },
    wrongMessage: {
      'qkd-device': requirements.oneAnswerACall,
      kms: requirements.oneAnswerACall,
    },
    silence: {
      'qkd-device': requirements.everyCallAnswered,
      kms: requirements.everyPushAnswered,
    },
    closing: {
      'qkd-device': requirements.deviceKeepsServing,
      kms: requirements.closeBeforeLeaving,
    },
  },
  early: {
    openConnect: requirements.sourceIdNull,
    getKey: requirements.getKeyAfterOpen,
    close: requirements.closeNamesStream,
    keyMaterial: requirements.pushAfterGetKey,
  },
} as const satisfies Model;

export { ambiguities, messages, requirements };
export type { Call, Etsi004Message, MessageName, SaidBy } from './messages.ts';
export { misnaming, newConversation, regions, type Region } from './conversation.ts';
export {
  answered,
  callOf,
  ends,
  hyphenated,
  idOf,
  isCall,
  isOver,
  member,
  otherUuidForm,
  slotOf,
  slots,
  statusOf,
  streamEnd,
  whereabouts,
  withdrawn,
} from './streams.ts';
export type {
  Conversation,
  End,
  Etsi004Event,
  Pending,
  Said,
  Side,
  Slot,
  Stream,
  StreamEnd,
  Whereabouts,
} from './streams.ts';
