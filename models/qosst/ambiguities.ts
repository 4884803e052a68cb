import { distillation } from './ambiguities/distillation.ts';
import { ending } from './ambiguities/ending.ts';
import { estimation } from './ambiguities/estimation.ts';
import { exchange } from './ambiguities/exchange.ts';
import { framing } from './ambiguities/framing.ts';
import { identification } from './ambiguities/identification.ts';
import { initialization } from './ambiguities/initialization.ts';
import { parameter } from './ambiguities/parameter.ts';
import { refusals } from './ambiguities/refusals.ts';

/** Every question that the documents of the QOSST control protocol leave open. */
export const ambiguities = {
  ...framing,
  ...identification,
  ...initialization,
  ...exchange,
  ...estimation,
  ...distillation,
  ...ending,
  ...parameter,
  ...refusals,
};
