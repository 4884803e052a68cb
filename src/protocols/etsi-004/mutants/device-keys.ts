import { requirements, slots, streamEnd } from '#models/etsi-004/index.ts';
import type { Answers, Deed, Mutant } from '#src/contract/side.ts';
import { placed, push } from '../contents.ts';
import { recall } from '../context.ts';
import { keyOf } from '../keys.ts';
import type { DeviceMemory, Scene } from '../reference/device-memory.ts';
import { act } from '../reference/qkd-device.ts';
import { everywhere } from '../reference/regions.ts';
import { say } from '../say.ts';
import { content, counted, endOf, indexIn, keyIn, streamIn, withKey } from './bending.ts';
import { deviceMutant } from './mutant.ts';

const other = (key: Uint8Array) => withKey(key.map((byte) => byte ^ 0x5a));

/** Pushes with the pauses between the keys so much longer, or shorter. */
function paced(factor: number): Answers<DeviceMemory> {
  return everywhere('pushing', (scene) => {
    const { memory, nowMs } = scene;
    const before = new Map(memory.dueMs);
    const deeds = act(scene);
    for (const [name, dueMs] of memory.dueMs) {
      if (before.get(name) !== dueMs) memory.dueMs.set(name, nowMs + factor * (dueMs - nowMs));
    }
    return deeds;
  });
}

/** Pushes one key a moment for every stream in such a stage, asked for or not. */
function unasked(stage: 'open' | 'closed') {
  return (scene: Scene): Deed | readonly Deed[] => {
    const conversation = recall(scene.context);
    if (conversation.pending.some(({ by }) => by === 'kms')) return act(scene);
    const due = (scene.memory.marks.get('due') ?? 0) - scene.nowMs;
    if (due > 0) return { do: 'later', ms: Math.ceil(due) };
    const one = placed(conversation).find(
      ({ at, stream, place }) =>
        at.stage === stage &&
        at.started === (stage === 'closed') &&
        stream.id !== null &&
        (stage === 'closed' || bothOpen(scene, place.slot)),
    );
    if (one === undefined) return act(scene);
    scene.memory.marks.set('due', scene.nowMs + 50);
    const index = counted(scene, 'unasked') + 1000;
    return say('keyMaterial', push(one.stream.id ?? '', index, one.at), { end: one.place.end });
  };
}

function bothOpen({ context }: Scene, slot: 'one' | 'two'): boolean {
  return (['a', 'b'] as const).every(
    (end) => streamEnd(recall(context), { slot, end }).stage === 'open',
  );
}

/** Pushes the keys of each stream and end, the n-th from 0 on, under other indices. */
function numbered(indexOf: (nth: number) => number) {
  return content(['keyMaterial'], (said, scene, utterance) => {
    const nth = counted(scene, `keys of ${streamIn(said)} ${endOf(utterance)}`) - 1;
    return { index: indexOf(nth) };
  });
}

/** QKD devices whose keys are wrong, or come when they must not. */
export const keyMutants: readonly Mutant[] = [
  deviceMutant({
    id: 'device-keys-differ',
    title: 'pushes other keys at end b',
    breaks: requirements.keysEqual,
    shortest: 10,
    deep: true,
    bends: content(['keyMaterial'], (said, _, utterance) =>
      endOf(utterance) === 'b' ? other(keyIn(said)) : {},
    ),
  }),
  deviceMutant({
    id: 'device-keys-drift',
    title: 'pushes other keys at end b from the fourth key on',
    breaks: requirements.keysEqual,
    shortest: 23,
    deep: true,
    bends: content(['keyMaterial'], (said, _, utterance) =>
      endOf(utterance) === 'b' && indexIn(said) >= 3 ? other(keyIn(said)) : {},
    ),
  }),
  deviceMutant({
    id: 'device-keys-short',
    title: 'pushes keys that are one byte short',
    breaks: requirements.chunkSizeKept,
    shortest: 7,
    bends: content(['keyMaterial'], (said) => withKey(keyIn(said).subarray(1))),
  }),
  deviceMutant({
    id: 'device-keys-of-usual-size',
    title: 'pushes keys of 32 bytes, whatever was agreed on',
    breaks: requirements.chunkSizeKept,
    shortest: 7,
    deep: true,
    bends: content(['keyMaterial'], (said) =>
      withKey(keyOf({ streamId: streamIn(said), index: indexIn(said) }, 32)),
    ),
  }),
  deviceMutant({
    id: 'device-keys-same',
    title: 'pushes the same key under every index',
    breaks: requirements.keysFresh,
    shortest: 9,
    deep: true,
    bends: content(['keyMaterial'], (said) =>
      withKey(keyOf({ streamId: streamIn(said), index: 0 }, keyIn(said).length)),
    ),
  }),
  deviceMutant({
    id: 'device-keys-of-all-streams',
    title: 'pushes the same keys in all streams',
    breaks: requirements.keysOfOneStream,
    shortest: 14,
    deep: true,
    bends: content(['keyMaterial'], (said) =>
      withKey(keyOf({ streamId: '', index: indexIn(said) }, keyIn(said).length)),
    ),
  }),
  deviceMutant({
    id: 'device-index-stuck',
    title: 'pushes every key under index 0',
    breaks: requirements.indexUnique,
    shortest: 9,
    deep: true,
    bends: content(['keyMaterial'], () => ({ index: 0 })),
  }),
  deviceMutant({
    id: 'device-index-repeats',
    title: 'pushes the fifth key under the index of the fourth',
    breaks: requirements.indexUnique,
    shortest: 15,
    deep: true,
    bends: numbered((nth) => (nth === 4 ? 3 : nth)),
  }),
  deviceMutant({
    id: 'device-index-falls',
    title: 'counts the indices down',
    breaks: requirements.indexIncreases,
    shortest: 25,
    deep: true,
    bends: numbered((nth) => 1_000_000 - nth),
  }),
  deviceMutant({
    id: 'device-index-of-31-bits',
    title: 'wraps the index at 2147483647',
    breaks: requirements.indexIncreases,
    shortest: 11,
    deep: true,
    bends: numbered((nth) => (nth + 2 ** 31 - 2) % 2 ** 31),
  }),
  deviceMutant({
    id: 'device-index-never-wraps',
    title: 'goes on beyond the index 4294967295',
    breaks: requirements.indexIsUint32,
    shortest: 11,
    deep: true,
    bends: numbered((nth) => nth + 2 ** 32 - 2),
  }),
  deviceMutant({
    id: 'device-index-wraps-halfway',
    title: 'goes on at 2147483648 after the index 4294967295',
    breaks: requirements.indexWraps,
    shortest: 11,
    deep: true,
    bends: numbered((nth) => (nth < 2 ? nth + 2 ** 32 - 2 : nth + 2 ** 31 - 2)),
  }),
  deviceMutant({
    id: 'device-begins-anew',
    title: 'begins anew with index 0 at a further get-key',
    breaks: requirements.indexUnique,
    shortest: 13,
    deep: true,
    answers: everywhere('starting', (scene) => {
      for (const { stream, place, at } of placed(recall(scene.context))) {
        if (at.pushes > 0) scene.memory.starts.set(`${stream.id} ${place.end}`, 0);
      }
      return act(scene);
    }),
  }),
  deviceMutant({
    id: 'device-repeats-otherwise',
    title: 'pushes another key under an index that was refused',
    breaks: requirements.keysEqual,
    shortest: 12,
    deep: true,
    bends: content(['keyMaterial'], (said, scene, utterance) => {
      const name = `${streamIn(said)} ${endOf(utterance)} ${indexIn(said)}`;
      return counted(scene, name) > 1 ? other(keyIn(said)) : {};
    }),
  }),
  deviceMutant({
    id: 'device-pushes-unasked',
    title: 'pushes keys before get-key',
    breaks: requirements.pushAfterGetKey,
    shortest: 5,
    answers: everywhere('open', unasked('open')),
  }),
  deviceMutant({
    id: 'device-pushes-on',
    title: 'goes on pushing after close',
    breaks: requirements.closeEndsPushing,
    shortest: 12,
    deep: true,
    answers: everywhere('closed', unasked('closed')),
  }),
  deviceMutant({
    id: 'device-pushes-to-the-other-end',
    title: 'pushes to the source what the destination asked for',
    breaks: requirements.pushAfterGetKey,
    shortest: 7,
    bends: (utterance, { context }) => {
      if (utterance.message !== 'keyMaterial') return utterance;
      const isAlone = slots.some((slot) => {
        const started = (end: 'a' | 'b') => streamEnd(recall(context), { slot, end }).started;
        return started('b') && !started('a');
      });
      return isAlone ? { ...utterance, frame: { ...utterance.frame, end: 'a' } } : utterance;
    },
  }),
  deviceMutant({
    id: 'device-too-fast',
    title: 'pushes four times as fast as max_bps',
    breaks: requirements.maxRateKept,
    shortest: 77,
    deep: true,
    answers: paced(0.25),
  }),
  deviceMutant({
    id: 'device-too-slow',
    title: 'pushes eight times as slowly as max_bps',
    breaks: requirements.minRateKept,
    shortest: 12,
    deep: true,
    answers: paced(8),
  }),
];
