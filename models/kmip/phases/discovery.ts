import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

const told = { guard: 'namesVersions' as const, target: 'known' };

/**
 * What the client knows of the versions that the server has.
 * @see KMIP 2.1, Discover Versions
 */
export const discovery = conversation.createStateConfig({
  initial: 'unknown',
  states: {
    unknown: { on: { 'server.succeeded': told, 'server.batchAnswered': told } },
    known: { meta: { covers: [requirements.versionsAnswered] } },
  },
});
