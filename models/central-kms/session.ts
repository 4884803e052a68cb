import { conversation, newConversation } from './conversation.ts';
import { batches } from './phases/batches.ts';
import { connection } from './phases/connection.ts';
import { healthChecks } from './phases/health-checks.ts';
import { inquiries } from './phases/inquiries.ts';
import { kmsStray } from './phases/kms-stray.ts';
import { kmsPings, sidecarPings } from './phases/liveness.ts';
import { stray } from './phases/stray.ts';

/** Listens to every event: wildcards never make one legal. */
const memory = conversation.createStateConfig({
  on: { 'central-kms.*': { actions: 'remember' }, 'sidecar.*': { actions: 'remember' } },
});

/**
 * Everything on one connection between a central KMS and a sidecar: what is owed for wrong
 * messages, how far the registration is, the calls of both sides, pings, and what all of them
 * remember.
 */
export const session = conversation.createMachine({
  id: 'central-kms',
  type: 'parallel',
  context: ({ input }) => newConversation(input),
  states: {
    stray,
    kmsStray,
    connection,
    batches,
    healthChecks,
    inquiries,
    kmsPings,
    sidecarPings,
    memory,
  },
});
