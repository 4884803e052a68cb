import { all, isFields, itemsOf, textAt, type Fields } from '#models/kmip/index.ts';
import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { request, type Asking } from '../contents.ts';
import { messageOf } from '../message-of.ts';
import { say } from '../say.ts';
import { versionIn } from '../settings.ts';
import { courseIn, type Step } from './client-course.ts';

/** What the client keeps for one session. */
export interface ClientMemory {
  readonly course: readonly Step[];
  /** How many steps are behind it. */
  done: number;
  /** What it learnt from each step that succeeded, by the step's name. */
  readonly learnt: Map<string, readonly Fields[]>;
}

type Scene = SideScene<ClientMemory>;

/** What the client says while nothing awaits a response. */
export const answers: Answers<ClientMemory> = { 'exchange.idle': proceed };

/**
 * The reference client: it looks at the server, and leads objects through their lives. What was
 * not made is not used; a response that is none to its request ends the session.
 */
export const client: SideRecord<ClientMemory> = {
  answers,
  memory: (_, settings) => ({ course: courseIn(settings), done: 0, learnt: new Map() }),
};

/** The next step of its course that can be taken; then it leaves. */
export function proceed(scene: Scene): Deed {
  const { memory, heard, settings } = scene;
  if (heard?.flaws.some(({ tolerable }) => tolerable !== true) === true) return { do: 'close' };
  const last = memory.course[memory.done - 1];
  if (heard !== null && last !== undefined) learn(memory, last, heard.payload['content']);
  for (;;) {
    const step = memory.course[memory.done];
    memory.done += 1;
    if (step === undefined) return { do: 'close' };
    const items = step.items((name, at = 0) => memory.learnt.get(name)?.[at] ?? null);
    if (items === null) continue;
    return saying(items, step.header ?? {}, settings);
  }
}

function saying(items: readonly Asking[], header: Fields, settings: Scene['settings']): Deed {
  const content = request(items, versionIn(settings), header);
  return say(messageOf(content), content);
}

/** Keeps the payloads of a step all of whose items succeeded. */
function learn({ learnt }: ClientMemory, { name }: Step, content: unknown): void {
  const results = itemsOf(content);
  if (results.length === 0 || results.some((item) => textAt(item, 'ResultStatus') !== 'Success'))
    return;
  learnt.set(
    name,
    results.map((item) => {
      const [payload] = all(item, 'ResponsePayload');
      return isFields(payload) ? payload : {};
    }),
  );
}
