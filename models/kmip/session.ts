import { assign } from 'xstate';
import { conversation, newConversation } from './conversation.ts';
import { serverGuards } from './guards.ts';
import { rememberedByServer } from './memory.ts';
import { discovery } from './phases/discovery.ts';
import { exchange } from './phases/exchange.ts';
import { objectLifecycle } from './phases/object-lifecycle.ts';

/** Listens to every event: wildcards never make one legal. */
const memory = conversation.createStateConfig({
  on: { 'server.*': { actions: 'remember' }, 'client.*': { actions: 'remember' } },
});

/**
 * Everything on one connection between a client and a server of KMIP: the requests and their
 * responses, what is known of the server, and the objects that it manages, one region each.
 */
export const session = conversation.createMachine({
  id: 'kmip',
  type: 'parallel',
  context: ({ input }) => newConversation(input),
  states: {
    exchange,
    discovery,
    one: objectLifecycle('one'),
    two: objectLifecycle('two'),
    three: objectLifecycle('three'),
    memory,
  },
});

/** The same as a server needs it that has its own store: what it answers moves the machine on. */
export const serverSession = session.provide({
  guards: serverGuards,
  actions: { remember: assign(rememberedByServer) },
});
