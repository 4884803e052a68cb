import {
  isFields,
  keyOf,
  messages,
  operations,
  type Conversation,
  type Fields,
  type KnownObject,
  type MessageName,
} from '#models/kmip/index.ts';
import type { Random } from '#src/base/random.ts';
import type { Making } from '#src/contract/protocol.ts';
import { conversationAt } from './context.ts';
import { ellipticUse, givenBack, isFor, knownKeys, macKey } from './key-contents.ts';
import { responses } from './response-contents.ts';
import { versionIn, type Spoken } from './settings.ts';

/** Valid contents of a message now, the canonical one first; then one for each branch of a guard. */
export function contents(message: MessageName, making: Making): readonly unknown[] {
  const conversation = conversationAt(making.position);
  if (messages[message].saidBy[0] === 'server') {
    return responses(message, conversation, making.random);
  }
  const version = versionIn(making.settings);
  if (message === 'batch') return batches(conversation, making.random, version);
  if (message === 'otherRequest') return [withVersion(messages.otherRequest.example, version)];
  return payloads(message, conversation, making.random).map((payload) =>
    requestOf(message, payload, version),
  );
}

/** A request of one item with such a payload. */
export function requestOf(message: MessageName, payload: Fields, version: Spoken): Fields {
  return request([[operations[keyOrCreate(message)].operation, payload]], version);
}

function keyOrCreate(message: MessageName) {
  return keyOf(messages[message].wireName) ?? 'create';
}

/** One item of a request: its operation and payload. */
export type Asking = readonly [operation: string, payload: Fields];

/** A Protocol Version as its header says it. */
export function protocolVersion(version: Spoken): Fields {
  const [ProtocolVersionMajor, ProtocolVersionMinor] = version.split('.').map(Number);
  return { ProtocolVersionMajor, ProtocolVersionMinor };
}

/** A request of such items; with ids, where they are several. */
export function request(
  items: readonly Asking[],
  version: Spoken = '2.1',
  header: Fields = {},
): Fields {
  const isBatch = items.length > 1;
  return {
    RequestHeader: {
      ProtocolVersion: protocolVersion(version),
      ...header,
      BatchCount: items.length,
    },
    BatchItem: items.map(([Operation, RequestPayload], index) => ({
      Operation,
      ...(isBatch ? { UniqueBatchItemID: (index + 1).toString(16).padStart(2, '0') } : {}),
      RequestPayload,
    })),
  };
}

function withVersion(content: Fields, version: Spoken): Fields {
  const header = content['RequestHeader'];
  const ProtocolVersion = protocolVersion(version);
  return { ...content, RequestHeader: { ...(isFields(header) ? header : {}), ProtocolVersion } };
}

/** Whether an object is one that an operation can succeed with, as far as one knows. */
type Wanted = (object: KnownObject) => boolean;

const only =
  (state: string, ...types: readonly string[]): Wanted =>
  ({ states, type }) =>
    states.length === 1 &&
    states[0] === state &&
    (types.length === 0 || (type !== null && types.includes(type)));

const wants: Partial<Readonly<Record<MessageName, Wanted>>> = {
  activate: only('PreActive'),
  revoke: only('Active'),
  destroy: ({ states }) =>
    states.length === 1 && !['Active', 'Destroyed'].includes(states[0] ?? ''),
  get: ({ states, material }) => states[0] !== 'Destroyed' && material !== null,
  encrypt: isFor('Encrypt', 'SymmetricKey'),
  decrypt: isFor('Decrypt', 'SymmetricKey'),
  sign: isFor('Sign', 'PrivateKey'),
  signatureVerify: isFor('Verify', 'PublicKey'),
  mac: isFor('MACGenerate', 'SymmetricKey'),
  macVerify: isFor('MACVerify', 'SymmetricKey'),
};

/** The objects that an operation is about: one that it can succeed with, and the newest. */
export function idsFor(
  message: MessageName,
  { world }: Conversation,
  random: Random,
): readonly string[] {
  const { objects } = world;
  const wanted = wants[message] ?? (() => true);
  const ids = [objects.findLast(wanted)?.id, objects.at(-1)?.id].flatMap((id) => id ?? []);
  return ids.length === 0 ? [random.uuid()] : [...new Set(ids)];
}

function payloads(
  message: MessageName,
  conversation: Conversation,
  random: Random,
): readonly Fields[] {
  const example = examplePayload(message);
  if (!('UniqueIdentifier' in example)) return bareVariants(message, conversation, random);
  const ids = idsFor(message, conversation, random);
  const usual = ids.flatMap((UniqueIdentifier) =>
    variants(message).map((more) => ({ ...example, UniqueIdentifier, ...more })),
  );
  /** All attributes, too. */
  const whole = message === 'getAttributes' ? ids.map((id) => ({ UniqueIdentifier: id })) : [];
  return [...givenBack(message, conversation), ...usual, ...whole];
}

/** Where guards tell contents apart. */
function variants(message: MessageName): readonly Fields[] {
  if (message !== 'revoke') return [{}];
  return ['Superseded', 'KeyCompromise'].map((RevocationReasonCode) => ({
    RevocationReason: { RevocationReasonCode },
  }));
}

/** Names differ, so that nobody has a reason to refuse a second object; one is taken already. */
function bareVariants(
  message: MessageName,
  { world }: Conversation,
  random: Random,
): readonly Fields[] {
  const example = examplePayload(message);
  if (message === 'createKeyPair') return [ellipticPair, example];
  if (message === 'register') return [example, ...knownKeys.map(({ register }) => register)];
  if (message !== 'create') return [example];
  const made = (more: Fields): Fields => {
    const attributes = example['Attributes'];
    return { ...example, Attributes: { ...(isFields(attributes) ? attributes : {}), ...more } };
  };
  const name = { NameValue: random.uuid(), NameType: 'UninterpretedTextString' };
  const taken = world.objects.map(({ attributes }) => attributes['Name']).findLast(isFields);
  return [
    example,
    made({ Name: name, Description: 'of qkdspec' }),
    made(macKey),
    made({ Name: taken ?? name }),
  ];
}

/** Made in no time, unlike keys of RSA. */
const ellipticPair: Fields = {
  CommonAttributes: { CryptographicAlgorithm: 'EC', CryptographicLength: 256 },
  PrivateKeyAttributes: { CryptographicUsageMask: 'Sign' },
  PublicKeyAttributes: { CryptographicUsageMask: 'Verify' },
};

function examplePayload(message: MessageName): Fields {
  const { example } = messages[message];
  const items: unknown = 'BatchItem' in example ? example.BatchItem : [];
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  const payload = isFields(first) ? first['RequestPayload'] : undefined;
  return isFields(payload) ? payload : {};
}

/** Batches with each option: keys that are made and used by the ID Placeholder, and errors. */
function batches(conversation: Conversation, random: Random, version: Spoken): readonly unknown[] {
  const make: Asking = ['Create', examplePayload('create')];
  const absent: Asking = ['Activate', { UniqueIdentifier: random.uuid() }];
  const read: Asking = ['Query', { QueryFunction: 'QueryOperations' }];
  const usual = request([make, ['Activate', {}]], version);
  if (conversation.pending.length > 0) return [usual];
  const under = (BatchErrorContinuationOption: string, items: readonly Asking[]) =>
    request(items, version, { BatchErrorContinuationOption });
  const uses = [
    ...knownKeys.map(({ register, use }) => [['Register', register] as const, use] as const),
    [['CreateKeyPair', ellipticPair] as const, ellipticUse] as const,
  ].map(([making, use]) => request([making, ['Activate', {}], use], version));
  /** What is known comes before what would have to be made. */
  const [change] = changesOf(conversation);
  const failing = ['Undo', 'Stop', 'Continue'].map((option) =>
    under(option, [change ?? make, absent, read]),
  );
  const third = change === undefined ? [] : [request([read, read, change], version)];
  return [usual, ...uses, ...failing, ...third];
}

/** What changes the newest object's state, where that is known: Undo must take it back. */
function changesOf({ world }: Conversation): readonly Asking[] {
  const object = world.objects.at(-1);
  if (object === undefined) return [];
  const about = { UniqueIdentifier: object.id };
  const RevocationReason = { RevocationReasonCode: 'Superseded' };
  if (only('PreActive')(object)) return [['Activate', about]];
  return only('Active')(object) ? [['Revoke', { ...about, RevocationReason }]] : [];
}
