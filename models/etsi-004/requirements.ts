import { defineRequirements } from '#models/language/index.ts';
import { closing } from './requirements/closing.ts';
import { delivery } from './requirements/delivery.ts';
import { framing } from './requirements/framing.ts';
import { opening } from './requirements/opening.ts';
import { quality } from './requirements/quality.ts';
import { robustness } from './requirements/robustness.ts';
import { transport } from './requirements/transport.ts';

/** Every normative statement of the push interface, in the order of the document. */
export const requirements = defineRequirements('etsi-004', {
  ...transport,
  ...opening,
  ...quality,
  ...delivery,
  ...closing,
  ...robustness,
  ...framing,
});
