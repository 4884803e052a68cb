import {
  etsi004Model,
  messages,
  streamEnd,
  type Conversation,
  type End,
  type MessageName,
} from '#models/etsi-004/index.ts';
import { assumedReadings, type Readings } from '#models/language/index.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Position, Step } from '#src/chart/chart.ts';

export const chart = chartOf(etsi004Model.session);

/** Ids that a device gives, one a stream. */
export const ids = {
  first: '4eb81a5c-031f-4d1f-881d-309bee44fc20',
  second: '7d1c9f4e-5a0b-4c1d-9e8f-0a1b2c3d4e5f',
  third: 'c0ffee00-1111-4222-8333-444455556666',
} as const;

export function readings(pinned: Readings = {}): Readings {
  return { ...assumedReadings(etsi004Model.ambiguities), ...pinned };
}

/** That of a stream beyond those that are followed. */
const fourth = '0a1b2c3d-0000-4000-8000-aaaabbbbcccc';

/** The position before the first call. */
export function start(pinned: Readings = {}): Position {
  return chart.initial({ readings: readings(pinned) });
}

export function conversationAt({ context }: Position): Conversation {
  if (!isConversation(context)) throw new TypeError('not the context of a session');
  return context;
}

function isConversation(context: unknown): context is Conversation {
  return typeof context === 'object' && context !== null && 'slots' in context;
}

/** What an event carries besides the message's example. */
export type Carried = Readonly<Record<string, unknown>>;

/** The example of a message, with other members. */
export function content(message: MessageName, change: Carried = {}): unknown {
  const { example } = messages[message];
  return { ...example, ...change };
}

/** A push for a stream. */
export function push(id: string, index = 0): unknown {
  const metadata = { size: 57, buffer: { key_stream_id: id } };
  return content('keyMaterial', { index, metadata });
}

/** One event, from a position; `null` where the machine does not offer it. */
export function attempt(from: Position, type: string, carried: Carried = {}): Step | null {
  return chart.step(from, { type, ...carried });
}

/** The same for an event that must be legal: a walk goes on from there. */
export function take(from: Position, type: string, carried: Carried = {}): Step {
  const step = attempt(from, type, carried);
  if (step === null) throw new RangeError(`${type} is not offered in ${active(from).join(' ')}`);
  return step;
}

/** The active leaves that are not at rest. */
export function active({ place }: Position): readonly string[] {
  return place.states.filter((state) => !/\.(?:idle|none)$|^memory$/.test(state));
}

/** A call over one of the KMS's connections, one for each end. */
export function asked(end: End, message: 'openConnect' | 'getKey' | 'close', id: string | null) {
  return { end, by: 'kms', connection: 0, content: content(message, { key_stream_id: id }) };
}

/** Opens a stream at one end. */
export function opened(from: Position, end: End, id: string, status = 0): Position {
  const call = asked(end, 'openConnect', end === 'a' ? null : id);
  const opening = take(from, 'kms.openConnect', call);
  const answer = content('opened', { key_stream_id: id, status });
  return take(opening, 'qkd-device.opened', { ...call, content: answer });
}

/** Asks for the keys of a stream that is open. */
export function started(from: Position, end: End, id: string): Position {
  const call = asked(end, 'getKey', id);
  const starting = take(from, 'kms.getKey', call);
  const answer = content('getKeyAccepted');
  return take(starting, 'qkd-device.getKeyAccepted', { ...call, content: answer });
}

/** What a push over one of the device's connections carries. */
export function pushed(end: End, id: string, connection = 0, index = 0) {
  return { end, by: 'qkd-device', connection, content: push(id, index) };
}

/** The receipt of a push. */
export function receipt(end: End, connection = 0) {
  return { end, by: 'qkd-device', connection, content: content('keyAccepted') };
}

/** Contents of a message for a search, nothing but the content being known. */
export function contents(message: string, position: Position): readonly unknown[] {
  const conversation = conversationAt(position);
  switch (message) {
    case 'openConnect':
      return [null, ...Object.values(ids)].map((id) => content(message, { key_stream_id: id }));
    case 'getKey':
    case 'close':
      return known(conversation).map((id) => content(message, { key_stream_id: id }));
    case 'keyMaterial':
      return known(conversation).map((id) => push(id));
    case 'opened':
      return [0, 1].flatMap((status) =>
        answerIds(conversation).map((id) => content(message, { key_stream_id: id, status })),
      );
    case 'closeRefused':
      return [6, 3].map((status) => content(message, { status }));
    default:
      return isName(message) ? [content(message)] : [];
  }
}

/** Ids that a session knows. */
function known({ slots, untracked }: Conversation): readonly string[] {
  return [...Object.values(slots).flatMap((stream) => stream?.id ?? []), ...untracked];
}

/** The id that an answer to open-connect has: that of the call, or one that no stream has. */
function answerIds(conversation: Conversation): readonly string[] {
  const place = conversation.pending.find(({ call }) => call === 'openConnect')?.place;
  const given = place === null || place === undefined ? null : conversation.slots[place.slot]?.id;
  if (typeof given === 'string') return [given];
  if (place === null) return [fourth];
  return Object.values(ids)
    .filter((id) => !known(conversation).includes(id))
    .slice(0, 1);
}

function isName(message: string): message is MessageName {
  return Object.hasOwn(messages, message);
}

/** How far a stream is at one end, as the context has it. */
export function stage(at: Position, slot: 'one' | 'two', end: End) {
  return streamEnd(conversationAt(at), { slot, end }).stage;
}
