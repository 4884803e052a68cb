import {
  member,
  streamEnd,
  type Conversation,
  type End,
  type MessageName,
  type Slot,
  type StreamEnd,
} from '#models/etsi-004/index.ts';
import type { Deed, SideScene } from '#src/contract/side.ts';
import { placed } from '../contents.ts';
import { recall } from '../context.ts';
import { say } from '../say.ts';
import { endpoints } from '../settings.ts';
import type { KmsMemory } from './kms-memory.ts';

type Scene = SideScene<KmsMemory>;

/** How often a call is made that is refused. */
const mostTries = 3;
/** Pause before the second try, ms; it doubles with each further one. */
const pauseMs = 20;
/** Without a key for so long a stream is closed, ms. */
const patienceMs = 2000;

/** One call that the plan wants. */
interface Step {
  /** What it is for: tries are counted by it. */
  readonly name: string;
  readonly message: MessageName;
  readonly content: object;
  readonly end: End;
}

/**
 * What the KMSs of a link do by themselves, one call at a time: each stream is opened at its ends,
 * asked for, and closed after so many keys. What is refused is tried again, a few times.
 */
export function plan(scene: Scene): Deed | readonly Deed[] {
  const { memory, nowMs } = scene;
  const conversation = recall(scene.context);
  if (conversation.pending.some(({ by }) => by === 'kms')) return [];
  learn(scene, conversation);
  const steps = wanted(scene, conversation).filter(({ name }) => !isGivenUp(memory, name));
  const waits = steps.map(({ name }) => (memory.tries.get(name)?.fromMs ?? nowMs) - nowMs);
  const due = steps[waits.findIndex((wait) => wait <= 0)];
  if (due !== undefined) return make(scene, due);
  if (waits.length > 0) return { do: 'later', ms: Math.ceil(Math.min(...waits)) };
  const isServed = placed(conversation).some(
    ({ at, stream, place }) =>
      at.stage === 'open' && at.started && !isGivenUp(memory, `close ${stream.id} ${place.end}`),
  );
  if (!isServed) return { do: 'close' };
  return { do: 'later', ms: Math.max(1, Math.ceil(memory.movedMs + patienceMs - nowMs)) };
}

/** Takes note of what the device's last answer has changed. */
function learn({ memory, heard }: Scene, conversation: Conversation): void {
  const isPlain = heard?.message === 'opened' && heard.flaws.length === 0;
  for (const { stream, place, at } of placed(conversation)) {
    const { id } = stream;
    if (id === null) continue;
    if (isPlain && at.stage === 'doubtful') memory.trusted.add(`${id} ${place.end}`);
    const isOpen = stageOf(memory, { id, end: place.end, at }) === 'open';
    if (place.end === 'a' && isOpen && !memory.ids.includes(id)) memory.ids.push(id);
  }
  const isOffer = heard?.message === 'counterProposed' && heard.flaws.length === 0;
  const offer = isOffer ? heard.payload['content'] : undefined;
  const qos = member(offer, 'qos');
  const wish = { ...memory.wishes.qos, ...Object(qos) };
  const isPossible = Number(wish.min_bps) <= Number(wish.max_bps);
  if (typeof qos === 'object' && qos !== null && isPossible) memory.proposed = qos;
}

/** What the KMS makes of an end. */
function stageOf(
  { trusted }: KmsMemory,
  { id, end, at }: { readonly id: string; readonly end: End; readonly at: StreamEnd },
): StreamEnd['stage'] {
  return at.stage === 'doubtful' && trusted.has(`${id} ${end}`) ? 'open' : at.stage;
}

function make({ memory, nowMs }: Scene, { name, message, content, end }: Step): Deed {
  const count = (memory.tries.get(name)?.count ?? 0) + 1;
  memory.tries.set(name, { count, fromMs: nowMs + pauseMs * 2 ** (count - 1) });
  memory.movedMs = nowMs;
  return say(message, content, { end });
}

function isGivenUp({ tries }: KmsMemory, name: string): boolean {
  return (tries.get(name)?.count ?? 0) >= mostTries;
}

/** Every call that makes sense now, the most urgent first. */
function wanted(scene: Scene, conversation: Conversation): readonly Step[] {
  const { memory, settings } = scene;
  const { ids, wishes } = memory;
  const ofStreams = ids.flatMap((id) => stepsOf(scene, conversation, id));
  const doubtful = placed(conversation)
    .map(({ stream, place, at }) => ({ id: stream.id ?? '', end: place.end, at }))
    .filter((one) => stageOf(memory, one) === 'doubtful')
    .map(({ id, end }) => closing(id, end));
  if (ids.length >= wishes.streams) return [...doubtful, ...ofStreams];
  const opening = opens({ memory, settings }, { number: ids.length, end: 'a', id: null });
  return [...doubtful, opening, ...ofStreams];
}

/** What is to be done for one stream. */
function stepsOf(scene: Scene, conversation: Conversation, id: string): readonly Step[] {
  const { memory, nowMs } = scene;
  const { ends, keys } = memory.wishes;
  const slot = slotOf(conversation, id);
  if (slot === null) return [];
  const at = (end: End) => {
    const found = streamEnd(conversation, { slot, end });
    return { ...found, stage: stageOf(memory, { id, end, at: found }) };
  };
  const number = memory.ids.indexOf(id);
  const missing = ends.find((end) => at(end).stage === 'idle');
  const isWhole = ends.every((end) => at(end).stage === 'open');
  const isWasted = missing !== undefined && isGivenUp(memory, `open ${number} ${missing}`);
  const isLate = nowMs - memory.movedMs > patienceMs;
  const steps = ends.flatMap((end) => {
    const { stage, started, pushes } = at(end);
    if (stage === 'idle') {
      const mayOpen = at('a').stage === 'open';
      return mayOpen ? [opens(scene, { number, end, id })] : [];
    }
    if (stage !== 'open') return [];
    const isPulled = conversation.delivery === 'pull';
    const asking = getting(id, end, isPulled ? pushes : null);
    const isRefused = isGivenUp(memory, asking.name) && (isPulled || !started);
    const isFull = (isPulled ? pushes : memory.store.count(id, end)) >= keys;
    if (isFull || isWasted || isRefused || isLate) return [closing(id, end)];
    if ((isPulled || !started) && isWhole) return [asking];
    const isLeft = !started && missing === undefined;
    return isLeft ? [closing(id, end)] : [];
  });
  /** An end is closed once the other one has its keys too. */
  const isAsked = conversation.delivery === 'pull' && steps.some(isAsking);
  return isAsked ? steps.filter(isAsking) : steps;
}

function isAsking({ message }: Step): boolean {
  return message === 'getKey';
}

function opens(
  { memory, settings }: Pick<Scene, 'memory' | 'settings'>,
  { number, end, id }: { readonly number: number; readonly end: End; readonly id: string | null },
): Step {
  const qos = { ...memory.wishes.qos, ...memory.proposed };
  const content = { ...endpoints(settings, end), key_stream_id: id, qos };
  return { name: `open ${number} ${end}`, message: 'openConnect', content, end };
}

/** Keys are asked for once, or one by one where they are pulled: the next after so many. */
function getting(id: string, end: End, pulled: number | null): Step {
  const content = { key_stream_id: id, ...(pulled === null ? { index: 0 } : {}) };
  const name = `get ${id} ${end} ${pulled ?? ''}`;
  return { name, message: 'getKey', content, end };
}

function closing(id: string, end: End): Step {
  return { name: `close ${id} ${end}`, message: 'close', content: { key_stream_id: id }, end };
}

function slotOf(conversation: Conversation, id: string): Slot | null {
  return placed(conversation).find(({ stream }) => stream.id === id)?.place.slot ?? null;
}
