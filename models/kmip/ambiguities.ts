import { batches } from './ambiguities/batches.ts';
import { messages } from './ambiguities/messages.ts';
import { objects } from './ambiguities/objects.ts';

/** What the documents leave open, or what software reads otherwise. */
export const ambiguities = { ...messages, ...batches, ...objects } as const;
