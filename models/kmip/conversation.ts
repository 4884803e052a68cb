import { assign, setup } from 'xstate';
import { declares, type Readings, type StateMeta } from '#models/language/index.ts';
import { guards, slotNames } from './guards.ts';
import { remembered } from './memory.ts';
import type { Conversation, KmipEvent } from './talk.ts';
import { emptyWorld } from './world.ts';

export interface SessionInput {
  readonly readings: Readings;
}

/** The conversation before anything was said. */
export function newConversation({ readings }: SessionInput): Conversation {
  return {
    readings,
    pending: [],
    world: emptyWorld,
    slots: slotNames.map(() => null),
    versions: null,
    served: [],
    isBroken: false,
    hasLeft: false,
    isLost: false,
  };
}

/** What all phases remember (context) and may ask (guards). */
export const conversation = setup({
  types: declares<{
    context: Conversation;
    events: KmipEvent;
    input: SessionInput;
    meta: StateMeta;
    tags: 'owes:server';
  }>(),
  guards,
  actions: {
    /** Which requests await a response, and what became of the objects. */
    remember: assign(remembered),
  },
});
