import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { asRead } from './as-read.ts';
import { newKmsMemory, type KmsMemory } from './kms-memory.ts';
import { plan } from './kms-plan.ts';
import { oldestPush, receipt } from './kms-receipts.ts';
import { everywhere, statesOf } from './regions.ts';

export type { KmsMemory } from './kms-memory.ts';

/** States in which a push awaits its answer. */
const strayStates = ['stray.badPush', 'stray.unknownPush', 'stray.pushBeyond'] as const;
const streamStates = ['acknowledging', 'overtaken', 'crossing', 'late'] as const;

/** What the KMSs say, by the state in which they owe an answer; then what their plan is. */
export const answers: Answers<KmsMemory> = {
  ...Object.fromEntries(strayStates.map((state) => [state, answerPush])),
  ...Object.assign({}, ...streamStates.map((state) => everywhere(state, answerPush))),
  memory: plan,
};

/**
 * The reference KMSs at both ends of a link: each key goes into the store, and out of it again
 * when its ttl is over.
 */
export const kms: SideRecord<KmsMemory> = {
  answers,
  memory: (_, settings) => newKmsMemory(settings),
  bends: asRead,
  reflexes: [...strayStates, ...statesOf(...streamStates)],
};

/** The oldest push comes first, whichever state it was that wanted an answer. */
export function answerPush(scene: SideScene<KmsMemory>): Deed | readonly Deed[] {
  const push = oldestPush(scene.context);
  return push === null ? plan(scene) : receipt(scene, push);
}
