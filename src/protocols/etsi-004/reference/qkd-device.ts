import {
  member,
  streamEnd,
  type Conversation,
  type MessageName,
  type Pending,
} from '#models/etsi-004/index.ts';
import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { nextIndex, openStatus, placed, push, type Placed } from '../contents.ts';
import { recall } from '../context.ts';
import { agreed, intervalMs, proposal } from '../qos.ts';
import { say } from '../say.ts';
import { everywhere } from './regions.ts';

/** What the two QKD devices of a link keep for one session. */
export interface DeviceMemory {
  /** When the next key is due, by stream and end. */
  readonly dueMs: Map<string, number>;
}

type Scene = SideScene<DeviceMemory>;

/**
 * What the QKD devices answer, by the state in which they owe an answer; then what they push by
 * themselves. Both ends in one: they make the same keys, of the stream's id and the index.
 */
export const answers: Answers<DeviceMemory> = {
  'stray.malformed': (scene) => refused(scene, { code: 400, status: statusFor(scene) }),
  'stray.notFound': () => say('callRefused', {}, { code: 404 }),
  'stray.wrongMethod': () => say('callRefused', {}, { code: 405 }),
  'stray.unfit': (scene) => refused(scene, { code: 400, status: statusFor(scene) }),
  'stray.misplaced': (scene) => refused(scene, { code: 400, status: statusFor(scene) }),
  'stray.unknownStream': (scene) => refused(scene, { code: 400, status: 3 }),
  'stray.closedStream': (scene) =>
    scene.settings.readings['doubleClose'] === 'refused'
      ? refused(scene, { code: 400, status: 3 })
      : say('closeAccepted'),
  'stray.beyond': beyond,
  ...everywhere('opening', openStream),
  ...everywhere('starting', startStream),
  ...everywhere('overtaken', startStream),
  ...everywhere('closing', () => say('closeAccepted')),
  ...everywhere('crossing', () => say('closeAccepted')),
  ...everywhere('pushing', pushNext),
};

/** The reference QKD devices at both ends of one link. */
export const qkdDevice: SideRecord<DeviceMemory> = {
  answers,
  memory: () => ({ dueMs: new Map() }),
};

/** The call that is answered next: the oldest. */
export function callOf(context: unknown): Pending | null {
  return recall(context).pending.find(({ by }) => by === 'kms') ?? null;
}

/** Opens a stream: at the source with an id of its own, at the destination with the given one. */
export function openStream({ context, random }: Scene): Deed {
  const conversation = recall(context);
  const { readings } = conversation;
  const call = callOf(context);
  const wanted = member(call?.content, 'qos');
  const other = proposal(wanted, readings);
  if (other !== null) return say('counterProposed', { key_stream_id: null, qos: other, status: 7 });
  const place = call?.place ?? null;
  const given = place?.end === 'b' ? member(call?.content, 'key_stream_id') : null;
  return say('opened', {
    key_stream_id: typeof given === 'string' ? given : random.uuid(),
    qos: place?.end === 'b' ? qosAtDestination(conversation, call) : agreed(wanted, readings),
    status: openStatus(conversation, place),
  });
}

/** The quality that the source end has, where it is open. */
function qosAtDestination(conversation: Conversation, call: Pending | null): object {
  const { readings } = conversation;
  const own = agreed(member(call?.content, 'qos'), readings);
  if (call === null || call.place === null || readings['destinationQos'] !== 'replaced') return own;
  const source = streamEnd(conversation, { ...call.place, end: 'a' });
  const { qos } = source;
  return source.stage === 'open' && typeof qos === 'object' && qos !== null ? qos : own;
}

/** Keys are pushed from then on, once both ends are open. */
function startStream({ context, settings }: Scene): Deed {
  const conversation = recall(context);
  const place = callOf(context)?.place ?? null;
  const isAlone = place !== null && openStatus(conversation, place) === 1;
  if (isAlone && settings.readings['getKeyBeforePeer'] === 'refused') {
    return say('getKeyRefused', { status: 3 });
  }
  return say('getKeyAccepted', { status: 0, metadata: { size: 0, buffer: '' } });
}

/** Of a stream beyond those that are followed nothing is kept: its calls are refused. */
function beyond(scene: Scene): Deed {
  return refused(scene, { code: 500, status: 4 });
}

const refusals = {
  openConnect: 'openRefused',
  getKey: 'getKeyRefused',
  close: 'closeRefused',
} as const satisfies Readonly<Record<string, MessageName>>;

/** Refuses a call, as what it was meant to be. */
export function refused(
  { context }: Pick<Scene, 'context'>,
  { code, status }: { readonly code: number; readonly status: number },
): Deed {
  const call = callOf(context)?.call ?? null;
  const isOurs = call === 'openConnect' || call === 'getKey' || call === 'close';
  return say(isOurs ? refusals[call] : 'callRefused', { status }, { code });
}

/** No status says what is wrong; these two come with 400. */
function statusFor({ context }: Scene): number {
  return callOf(context)?.call === 'openConnect' ? 5 : 3;
}

/** Pushes the key that is due first, or waits for it. */
export function pushNext(scene: Scene): Deed | readonly Deed[] {
  const { memory, nowMs } = scene;
  const due = placed(recall(scene.context))
    .filter((one) => mayPush(scene, one))
    .map((one) => ({ ...one, key: keyName(one), atMs: memory.dueMs.get(keyName(one)) ?? nowMs }))
    .toSorted((left, right) => left.atMs - right.atMs);
  const [first] = due;
  if (first === undefined) return [];
  if (first.atMs > nowMs) return { do: 'later', ms: Math.ceil(first.atMs - nowMs) };
  const { stream, place, at, key } = first;
  memory.dueMs.set(key, nowMs + intervalMs(at.qos));
  const content = push(stream.id ?? '', nextIndex(at, scene), at);
  return say('keyMaterial', content, { end: place.end });
}

function keyName({ stream, place }: Placed): string {
  return `${stream.id} ${place.end}`;
}

/**
 * One key at a time at each end; none for an end whose peer is not there yet. Keys that the peer
 * got before it closed are still owed here.
 */
function mayPush({ context }: Scene, { place, at }: Placed): boolean {
  const conversation = recall(context);
  if (at.stage !== 'open' || !at.started) return false;
  const isWaiting = conversation.pending.some(
    ({ by, place: of }) => by === 'qkd-device' && of?.slot === place.slot && of.end === place.end,
  );
  if (isWaiting) return false;
  const peer = streamEnd(conversation, { ...place, end: place.end === 'a' ? 'b' : 'a' });
  return peer.stage === 'open' || (peer.stage === 'closed' && at.pushes < peer.pushes);
}
