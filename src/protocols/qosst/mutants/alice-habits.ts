import type { Answer, Deed, SideScene } from '#src/contract/side.ts';
import type { MessageName } from '#models/qosst/index.ts';
import { recall } from '../context.ts';
import { answers, type AliceMemory } from '../reference/alice.ts';
import { say } from '../say.ts';

export type AliceScene = SideScene<AliceMemory>;
export type AliceAnswer = Answer<AliceMemory>;
type AnswerState = keyof typeof answers;

/** What the reference says in a state. */
export async function honest(state: AnswerState, scene: AliceScene): Promise<Deed> {
  const answer: AliceAnswer = answers[state];
  const deeds = await answer(scene);
  const [deed] = 'length' in deeds ? deeds : [deeds];
  if (deed === undefined) throw new TypeError(`the reference says nothing in ${state}`);
  return deed;
}

/** One answer in one state that stands for the honest one. */
export function conversational(
  state: AnswerState,
  message: MessageName,
  content: (scene: AliceScene) => object | undefined,
): Readonly<Record<string, AliceAnswer>> {
  return {
    [state]: (scene) => instead(state, scene, say(message, content(scene))),
  };
}

/** A deed that the machine takes for the honest one. */
export async function instead(
  state: AnswerState,
  scene: AliceScene,
  deed: ReturnType<typeof say>,
): Promise<Deed> {
  const truth = await honest(state, scene);
  return truth.do === 'say' ? { ...deed, standsFor: truth.utterance } : deed;
}

/** No content. */
export const memberless = (): undefined => undefined;

/** The code of the request that is answered. */
export function askedCode({ context }: AliceScene): unknown {
  return recall(context).asked.code;
}

/** Counts how often something happened in one session: each session has its own memory. */
export function counter(): (scene: AliceScene) => number {
  const counts = new WeakMap<AliceMemory, number>();
  return ({ memory }) => {
    const count = (counts.get(memory) ?? 0) + 1;
    counts.set(memory, count);
    return count;
  };
}

/** Rewrites the number behind a text. */
export function numberAfter(text: string, change: (number: number) => number) {
  return (header: string): string =>
    header.replace(new RegExp(`(?<=${text})\\d+`), (digits) => String(change(Number(digits))));
}
