import type { Pending } from '#models/etsi-004/index.ts';
import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { placed } from '../contents.ts';
import { recall } from '../context.ts';
import { asked } from '../qos.ts';
import { say } from '../say.ts';
import { endpoints, numberOf } from '../settings.ts';
import { everywhere, statesOf } from './regions.ts';

/** What the two KMSs of a link keep for one session. */
export interface KmsMemory {
  /** Keys at each end after which the stream is closed. */
  readonly keys: number;
  /** How far the plan is. */
  readonly done: { openings: number };
}

type Scene = SideScene<KmsMemory>;

/** What the KMSs answer to pushes, whatever they do otherwise. */
const receipts: Answers<KmsMemory> = {
  'stray.badPush': ({ context }) => {
    const isPush = pushOf(context)?.call === 'keyMaterial';
    return isPush ? say('keyRefused', { status: 4 }) : say('callRefused', {});
  },
  'stray.unknownPush': () => say('keyRefused', { status: 3 }),
  'stray.pushBeyond': () => say('keyAccepted', { status: 0 }),
  ...everywhere('acknowledging', accept),
  ...everywhere('overtaken', accept),
  ...everywhere('crossing', accept),
  ...everywhere('late', accept),
};

/** What the KMSs say, by the state in which they owe an answer; then what their plan is. */
export const answers: Answers<KmsMemory> = { ...receipts, memory: plan };

/** The reference KMSs at both ends: one stream, so many keys, and a good end. */
export const kms: SideRecord<KmsMemory> = {
  answers,
  memory: (_, settings) => ({ keys: numberOf(settings, 'keys', 3), done: { openings: 0 } }),
  reflexes: [
    ...['stray.badPush', 'stray.unknownPush', 'stray.pushBeyond'],
    ...statesOf('acknowledging', 'overtaken', 'crossing', 'late'),
  ],
};

function accept(): Deed {
  return say('keyAccepted', { status: 0, metadata: { size: 0, buffer: '' } });
}

/** The push that is answered next: the oldest. */
function pushOf(context: unknown): Pending | null {
  return recall(context).pending.find(({ by }) => by === 'qkd-device') ?? null;
}

/** One stream: opened at both ends, served at both, closed at both. One call at a time. */
export function plan({ context, memory, settings }: Scene): Deed | readonly Deed[] {
  const conversation = recall(context);
  if (conversation.pending.some(({ by }) => by === 'kms')) return [];
  const ends = placed(conversation);
  const opening = { ...endpoints(settings), qos: asked };
  if (memory.done.openings === 0) {
    memory.done.openings = 1;
    return say('openConnect', { ...opening, key_stream_id: null }, { end: 'a' });
  }
  const [source, destination] = ends;
  if (source?.at.stage === 'open' && memory.done.openings === 1) {
    memory.done.openings = 2;
    const id = source.stream.id;
    return say('openConnect', { ...opening, key_stream_id: id }, { end: 'b' });
  }
  const open = ends.filter(({ at }) => at.stage === 'open' || at.stage === 'doubtful');
  const both = source?.at.stage === 'open' && destination?.at.stage === 'open';
  for (const { stream, place, at } of open) {
    const named = { key_stream_id: stream.id };
    if (both && !at.started) return say('getKey', { ...named, index: 0 }, { end: place.end });
    if (!at.started || at.pushes >= memory.keys) return say('close', named, { end: place.end });
  }
  return open.length === 0 ? { do: 'close' } : [];
}
