import type { Model } from '#models/language/index.ts';
import { ambiguities } from './ambiguities.ts';
import { messages } from './messages.ts';
import { requirements } from './requirements.ts';
import { session } from './session.ts';

/** The socket between a central KMS and the sidecars of its services. */
export const centralKmsModel = {
  protocol: 'central-kms',
  title: 'Central KMS Socket',
  documents: {
    'central-kms-socket': 'Central KMS Socket',
    'json-rpc': 'JSON-RPC 2.0 Specification',
    'rfc-3339': 'RFC 3339, Date and Time on the Internet: Timestamps',
    'rfc-4493': 'RFC 4493, The AES-CMAC Algorithm',
    'rfc-6455': 'RFC 6455, The WebSocket Protocol',
    'rfc-8032': 'RFC 8032, Edwards-Curve Digital Signature Algorithm (EdDSA)',
    'rfc-8259': 'RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format',
    'rfc-9562': 'RFC 9562, Universally Unique IDentifiers (UUIDs)',
  },
  sides: ['central-kms', 'sidecar'],
  server: 'central-kms',
  turnTaking: false,
  messages,
  requirements,
  ambiguities,
  session,
  guards: {
    grants: requirements.idKept,
    refusesRegister: requirements.errorCodeFits,
    proves: requirements.batchSignatureRight,
    accepts: requirements.idKept,
    failsInside: requirements.rightProofAccepted,
    refutes: requirements.wrongBatchSignatureRefused,
    stores: requirements.batchAfterRegistration,
    stored: requirements.idKept,
    batchRefused: requirements.errorCodeFits,
    reports: requirements.idKept,
    checkRefused: requirements.errorCodeFits,
    inquires: requirements.inquiryToRegistered,
    findsLast: requirements.itemsDistinct,
    inquiryRefused: requirements.errorCodeFits,
    pongsLast: requirements.pongEchoes,
    pongsUnasked: requirements.pongOnce,
    straySettled: requirements.errorCodeFits,
    kmsStraySettled: requirements.errorCodeFits,
    kmsMayLeave: requirements.kmsKeepsServing,
    sidecarMayLeave: requirements.failureCode,
  },
  unfinished: requirements.framesWhole,
  blame: {
    outOfTurn: { 'central-kms': requirements.oneResponse, sidecar: requirements.oneResponse },
    wrongMessage: { 'central-kms': requirements.oneResponse, sidecar: requirements.oneResponse },
    silence: {
      'central-kms': requirements.everyCallAnswered,
      sidecar: requirements.kmsCallsAnswered,
    },
    closing: { 'central-kms': requirements.kmsKeepsServing, sidecar: requirements.closeHandshake },
  },
  after: { closeFrame: requirements.closeAnswered },
  early: {
    register: requirements.registerFirst,
    challenge: requirements.challengeAfterRegister,
    batch: requirements.batchAfterRegistration,
    inquiry: requirements.inquiryToRegistered,
  },
} as const satisfies Model;

export { ambiguities, messages, requirements };
export { answered, awaiting, misfit, remainder, responseNamed, spoiled } from './answers.ts';
export { deskOf, isAwaited, isOwed, isRefutation, sameUuid, type Desk } from './calls.ts';
export { codeFits, hasSignatures, idFits } from './codes.ts';
export { newConversation, type SessionInput } from './conversation.ts';
export {
  codeOf,
  errorCodes,
  faultAt,
  has,
  idOf,
  idsOfArray,
  isNotification,
  isResponse,
  kmsCodes,
  member,
  methodOf,
  param,
  sameId,
} from './json-rpc.ts';
export { instantOf } from './instants.ts';
export { kmsMayLeave } from './leaving.ts';
export type { Carrier, CentralKmsMessage, MessageName, Method, SaidBy } from './messages.ts';
export { findingOf } from './results.ts';
export { faultOf, faults, proofs, type Fault, type Proof } from './faults.ts';
export {
  isOpen,
  maySpeak,
  nameOf,
  otherSide,
  speakerOf,
  type Call,
  type CentralKmsEvent,
  type Conversation,
  type Said,
  type Side,
  type Stage,
} from './talk.ts';
