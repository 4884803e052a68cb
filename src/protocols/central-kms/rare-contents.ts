import {
  member,
  messages,
  type Conversation,
  type MessageName,
} from '#models/central-kms/index.ts';
import type { Making } from '#src/contract/protocol.ts';
import { contentsIn, proofFor } from './contents.ts';
import { conversationAt } from './context.ts';

type Content = Readonly<Record<string, unknown>>;

/**
 * Contents that are hardly ever sent, good ones and others that are wrong in what they mean: ids,
 * members that nobody knows, signatures, times, and what differs from the usual by message.
 */
export function rareContents(message: string, making: Making): readonly unknown[] {
  const conversation = conversationAt(making.position);
  if (message === 'upgrade')
    return oddUpgrades(Object(contentsIn(message, conversation, making)[0]));
  if (!isText(message) || message === 'kmsError' || message === 'sidecarError') return [];
  const content: Content = Object(contentsIn(message, conversation, making)[0]);
  const ids = 'method' in content ? ['', 'é決😀', 'i'.repeat(300), 7, 2n ** 53n + 1n, null] : [];
  const place = 'method' in content ? 'params' : 'result';
  const changes = odd[message]?.(conversation, Object(content[place])) ?? [];
  return [
    ...ids.map((id) => ({ ...content, id })),
    { ...content, also: { nobody: ['knows', null] } },
    ...changes.map((change) => ({ ...content, [place]: { ...Object(content[place]), ...change } })),
  ];
}

/** By message: members of the params, or of the result, that are other than usual. */
const odd: Partial<
  Readonly<Record<MessageName, (now: Conversation, usual: Content) => readonly Content[]>>
> = {
  register: ({ grants }, { id }) => [
    { id: member(grants.at(-1), 'id') ?? messages.register.example.params.id },
    { id: String(id).toUpperCase() },
    { serviceName: '' },
    { serviceName: 'é決😀' },
    { serviceName: 's'.repeat(2000) },
  ],
  challenge: (now) => wrongProofs(now),
  batch: (_, { signature }) => [
    { signature: '' },
    { signature: 'no hexadecimal digits' },
    { signature: String(signature).toUpperCase() },
  ],
  registered: (_, { batchKey, rowKey, challenge }) => [
    { batchKey: String(batchKey).toLowerCase(), rowKey: String(rowKey).toLowerCase() },
    { batchKey: String(batchKey).slice(0, seedDigits) },
    { rowKey: String(rowKey).slice(0, shortKeyDigits) },
    { challenge: `${String(challenge)} é決😀` },
  ],
  healthcheck: () => [{ level: '' }, { level: 'PING' }],
  inquiry: (_, { startTime, endTime }) => [
    { startTime: endTime, endTime: startTime },
    { startTime: '2018-01-01T01:00:00+01:00' },
    { startTime: '1970-01-01T00:00:00Z', endTime: '9999-12-31T23:59:59Z' },
  ],
};

/** Digits of an Ed25519 seed without its public key, and of an AES-128 key. */
const seedDigits = 64;
const shortKeyDigits = 32;

/** Signatures with the right keys of another text, or of one that was to be signed before. */
function wrongProofs({ grants, readings }: Conversation): readonly Content[] {
  const grant = grants.at(-1);
  const right = proofFor(grant, readings);
  const other = proofFor({ ...Object(grant), challenge: 'another challenge' }, readings);
  if (right === null || other === null) return [];
  const { batchSignature, rowSignature } = other;
  const before = proofFor(grants.at(-2), readings);
  return [
    { batchSignature },
    { rowSignature },
    { batchSignature, rowSignature },
    { batchSignature: right.batchSignature.toUpperCase() },
    { rowSignature: right.rowSignature.slice(0, right.rowSignature.length / 2) },
    ...(before === null ? [] : [before]),
  ];
}

/** Upgrades of which one line is wrong. */
function oddUpgrades(usual: Content): readonly Content[] {
  return [
    { ...usual, version: '8' },
    { ...usual, key: 'AQIDBAUGBwg=' },
    { ...usual, path: '/nowhere' },
    { ...usual, protocols: ['x-nobody-knows', 'x-nor-this'] },
  ];
}

const textMessages = [
  ...([
    'register',
    'registered',
    'challenge',
    'challengeAccepted',
    'batch',
    'batchStored',
  ] as const),
  ...(['healthcheck', 'healthReport', 'inquiry', 'inquiryResult', 'inquiryResponse'] as const),
  ...(['kmsError', 'sidecarError'] as const),
] satisfies readonly MessageName[];

/** Whether a message is a JSON-RPC object. */
export function isText(message: string): message is (typeof textMessages)[number] {
  return textMessages.some((name) => name === message);
}
