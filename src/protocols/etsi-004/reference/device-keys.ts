import { streamEnd } from '#models/etsi-004/index.ts';
import type { Deed } from '#src/contract/side.ts';
import { nextIndex, placed, push, type Placed } from '../contents.ts';
import { recall } from '../context.ts';
import { intervalMs } from '../qos.ts';
import { say } from '../say.ts';
import { isExpired, nameOf, type Pushed, type Scene } from './device-memory.ts';

const largest = 2 ** 32 - 1;

/** Pushes the key that is due first, or waits for it. */
export function pushNext(scene: Scene): Deed | readonly Deed[] {
  const { memory, nowMs, random } = scene;
  const due = placed(recall(scene.context))
    .filter((one) => mayPush(scene, one))
    .map((one) => ({ ...one, atMs: memory.dueMs.get(nameOf(one)) ?? nowMs }))
    .toSorted((left, right) => left.atMs - right.atMs);
  const [first] = due;
  if (first === undefined) return [];
  if (first.atMs > nowMs) return { do: 'later', ms: Math.ceil(first.atMs - nowMs) };
  memory.dueMs.set(nameOf(first), nowMs + intervalMs(first.at.qos, random));
  const pushed = keyFor(scene, first);
  memory.again.delete(pushed.stream);
  const { end } = first.place;
  memory.pushes.set(`${end} ${nextConnection(scene, end)}`, pushed);
  const content = push(first.stream.id ?? '', pushed.index, first.at);
  return say('keyMaterial', content, { end });
}

/** The key that was refused, or the next one. */
function keyFor(scene: Scene, one: Placed): Pushed {
  const { memory } = scene;
  const again = memory.again.get(nameOf(one));
  if (again !== undefined) return again;
  const last = memory.last.get(nameOf(one));
  const onward = last === undefined ? nextIndex(one.at, scene) : (last + 1) % 2 ** 32;
  let index = memory.starts.get(nameOf(one)) ?? onward;
  memory.starts.delete(nameOf(one));
  while (memory.lost.has(`${one.stream.id} ${index}`)) index = (index + 1) % 2 ** 32;
  memory.last.set(nameOf(one), index);
  return { stream: nameOf(one), index, tries: 1 };
}

/** The connection that the next push at an end goes over. */
function nextConnection({ context }: Scene, end: 'a' | 'b'): number {
  return recall(context).connections[end]['qkd-device'];
}

/**
 * One key at a time at each end; none for an end whose peer is not there yet. Keys that the peer
 * got before it closed are still owed here.
 */
function mayPush(scene: Scene, one: Placed): boolean {
  const { place, at } = one;
  const conversation = recall(scene.context);
  if (at.stage !== 'open' || !at.started || isExpired(scene, place)) return false;
  if (conversation.delivery === 'pull') return false;
  const isEnd = conversation.readings['indexWrap'] === 'ends' && at.lastIndex === largest;
  if (isEnd && !scene.memory.again.has(nameOf(one))) return false;
  const isWaiting = conversation.pending.some(
    ({ by, place: of }) => by === 'qkd-device' && of?.slot === place.slot && of.end === place.end,
  );
  if (isWaiting) return false;
  if (conversation.ends === 1) return true;
  const peer = streamEnd(conversation, { ...place, end: place.end === 'a' ? 'b' : 'a' });
  return peer.stage === 'open' || (peer.stage === 'closed' && at.pushes < peer.pushes);
}
