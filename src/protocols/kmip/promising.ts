import type { Conversation, KnownObject, MessageName } from '#models/kmip/index.ts';
import type { Hint } from '#src/contract/fuzz.ts';
import type { Making } from '#src/contract/protocol.ts';
import { conversationAt } from './context.ts';
import { givenBack, isFor } from './key-contents.ts';

/** Uses of keys: what makes something, what takes it back, and the batches that make such a key. */
const uses = [
  {
    name: 'Encrypt',
    key: isFor('Encrypt', 'SymmetricKey'),
    makes: 'encrypt',
    takes: 'decrypt',
    courses: [1],
  },
  {
    name: 'MAC',
    key: isFor('MACGenerate', 'SymmetricKey'),
    makes: 'mac',
    takes: 'macVerify',
    courses: [2],
  },
  {
    name: 'Sign',
    key: isFor('Sign', 'PrivateKey'),
    makes: 'sign',
    takes: 'signatureVerify',
    courses: [3, 4],
  },
] as const;

/** What tells how a server stands: its objects, and what it makes of what it made. */
export function promising(making: Making): readonly Hint[] {
  const conversation = conversationAt(making.position);
  const { objects } = conversation.world;
  const newest = objects.at(-1);
  if (conversation.pending.length > 0) return [];
  const missing = uses.filter(
    ({ name }) => !objects.some(({ used }) => used?.[name] !== undefined),
  );
  const made = missing.flatMap(({ courses }) => hints('batch', ...courses));
  if (newest === undefined) return made;
  return [
    ...made,
    ...hints('getAttributes', 0, 0, 1),
    ...(newest.attributes['Description'] === undefined ? [] : hints('deleteAttribute', 0)),
    ...(objects.some(isNamed) ? hints('create', 3) : []),
    ...(objects.some(({ material }) => material !== null) ? hints('get', 0) : []),
    ...uses.flatMap(({ key, makes, name, takes }) => [
      ...(objects.some((one) => key(one) && one.used?.[name] === undefined) ? hints(makes, 0) : []),
      ...takenBack(takes, conversation),
    ]),
  ];
}

function takenBack(message: MessageName, conversation: Conversation): readonly Hint[] {
  return givenBack(message, conversation).map((_, variant) => ({ message, variant }));
}

function hints(message: MessageName, ...variants: readonly number[]): readonly Hint[] {
  return variants.map((variant) => ({ message, variant }));
}

function isNamed({ attributes }: KnownObject): boolean {
  return attributes['Name'] !== undefined;
}
