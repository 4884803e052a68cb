import type { Mutant } from '#src/contract/side.ts';
import { answerMutants } from './device-answers.ts';
import { frameMutants } from './device-frames.ts';
import { keyMutants } from './device-keys.ts';
import { readerMutants } from './device-readers.ts';

/** QKD devices that are wrong in one place. */
export const deviceMutants: readonly Mutant[] = [
  ...answerMutants,
  ...frameMutants,
  ...readerMutants,
  ...keyMutants,
];
