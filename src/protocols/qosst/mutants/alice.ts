import type { Mutant } from '#src/contract/side.ts';
import { aliceAnswers } from './alice-answers.ts';
import { aliceDeep } from './alice-deep.ts';
import { aliceFrames } from './alice-frames.ts';
import { aliceReading } from './alice-reading.ts';
import { aliceTrust } from './alice-trust.ts';

/** Alice, wrong in one place: one row a mutant. */
export const aliceMutants: readonly Mutant[] = [
  ...aliceFrames,
  ...aliceReading,
  ...aliceTrust,
  ...aliceAnswers,
  ...aliceDeep,
];
