import { defineRequirements } from '#models/language/index.ts';
import { abort } from './requirements/abort.ts';
import { amplification } from './requirements/amplification.ts';
import { authentication } from './requirements/authentication.ts';
import { codes } from './requirements/codes.ts';
import { correction } from './requirements/correction.ts';
import { course } from './requirements/course.ts';
import { ending } from './requirements/ending.ts';
import { estimation } from './requirements/estimation.ts';
import { exchange } from './requirements/exchange.ts';
import { framing } from './requirements/framing.ts';
import { identification } from './requirements/identification.ts';
import { initialization } from './requirements/initialization.ts';
import { parameter } from './requirements/parameter.ts';
import { polarisation } from './requirements/polarisation.ts';
import { refusals } from './requirements/refusals.ts';

/** Every normative statement of the QOSST control protocol, in the order of the document. */
export const requirements = defineRequirements('qosst', {
  ...course,
  ...framing,
  ...identification,
  ...initialization,
  ...exchange,
  ...estimation,
  ...correction,
  ...amplification,
  ...ending,
  ...parameter,
  ...polarisation,
  ...refusals,
  ...abort,
  ...authentication,
  ...codes,
});
