import { closing } from './ambiguities/closing.ts';
import { delivery } from './ambiguities/delivery.ts';
import { framing } from './ambiguities/framing.ts';
import { opening } from './ambiguities/opening.ts';
import { transport } from './ambiguities/transport.ts';

/** Every question that the documents of the push interface leave open. */
export const ambiguities = { ...transport, ...opening, ...delivery, ...closing, ...framing };
