import { asRead } from './as-read.ts';
import { streamEnd, type Pending } from '#models/etsi-004/index.ts';
import type { Answer, Answers, Deed, SideRecord } from '#src/contract/side.ts';
import { recall } from '../context.ts';
import { delayOf, soonest } from './deeds.ts';
import { answerTo, refused, waitingMs, wireOf } from './device-calls.ts';
import { pushNext } from './device-keys.ts';
import {
  callsIn,
  newDeviceMemory,
  note,
  noteOpenings,
  type DeviceMemory,
  type Scene,
} from './device-memory.ts';
import { everywhere } from './regions.ts';
import { say } from '../say.ts';

/** How a wrong call is answered. */
export type Refusal = (scene: Scene, call: Pending) => Deed;

/** An answer to the wrong call that is next; what was asked before it is answered first. */
export function wrong(refusal: Refusal): Answer<DeviceMemory> {
  return (scene) => {
    const call = wrongCall(scene.context);
    return call === null ? act(scene) : refusal(scene, call);
  };
}

/**
 * What the QKD devices answer, by the state in which they owe an answer; then what they push by
 * themselves. Both ends in one: they make the same keys, of the stream's id and the index.
 */
export const answers: Answers<DeviceMemory> = {
  'stray.malformed': wrong(malformed),
  'stray.notFound': wrong((_, call) => say('callRefused', {}, { ...wireOf(call), code: 404 })),
  'stray.wrongMethod': wrong((_, call) => say('callRefused', {}, { ...wireOf(call), code: 405 })),
  'stray.unfit': wrong(malformed),
  'stray.misplaced': wrong(malformed),
  'stray.unknownStream': wrong((_, call) => refused(call, { code: 400, status: 3 })),
  'stray.closedStream': wrong(closedAgain),
  'stray.beyond': wrong((_, call) => refused(call, { code: 500, status: 4 })),
  ...everywhere('opening', act),
  ...everywhere('starting', act),
  ...everywhere('overtaken', act),
  ...everywhere('closing', act),
  ...everywhere('crossing', act),
  ...everywhere('pushing', act),
};

/** The reference QKD devices at both ends of one link. */
export const qkdDevice: SideRecord<DeviceMemory> = {
  answers,
  memory: newDeviceMemory,
  bends: asRead,
};

/** Answers the oldest call that need not wait; without one, pushes what is due. */
export function act(scene: Scene): Deed | readonly Deed[] {
  note(scene);
  noteOpenings(scene);
  const calls = callsIn(scene.context);
  const waits = calls.map((call) => waitingMs(scene, call));
  const next = calls.find((call, at) => waits[at] === 0 && !isBehind(calls, waits, call));
  if (next !== undefined) return answerTo(scene, next);
  return soonest(pushNext(scene), delayOf(waits));
}

/** Whether an older call on the same connection waits: answers keep the order of the calls. */
function isBehind(calls: readonly Pending[], waits: readonly number[], call: Pending): boolean {
  return calls.some(
    (other, at) => (waits[at] ?? 0) > 0 && calls.indexOf(call) > at && sharesWire(other, call),
  );
}

function sharesWire(left: Pending, right: Pending): boolean {
  return left.end === right.end && left.connection === right.connection;
}

/** The oldest wrong call, unless a good one stands before it on its connection. */
function wrongCall(context: unknown): Pending | null {
  const calls = callsIn(context);
  const call = calls.find(({ stray }) => stray);
  if (call === undefined) return null;
  return calls.find((other) => sharesWire(other, call)) === call ? call : null;
}

/** No status says what is wrong; these two come with 400. */
function malformed(_: Scene, call: Pending): Deed {
  return refused(call, { code: 400, status: call.call === 'openConnect' ? 5 : 3 });
}

function closedAgain({ context }: Scene, call: Pending): Deed {
  const { readings } = recall(context);
  const { place } = call;
  const isClosed = place !== null && streamEnd(recall(context), place).stage === 'closed';
  if (!isClosed || readings['doubleClose'] === 'refused') {
    return refused(call, { code: 400, status: 3 });
  }
  return say('closeAccepted', undefined, wireOf(call));
}
