import { assign, setup } from 'xstate';
import { declares, type Readings, type StateMeta } from '#models/language/index.ts';
import { guards } from './guards.ts';
import { remembered } from './memory.ts';
import { nothingSeen } from './seen.ts';
import type { CentralKmsEvent, Conversation } from './talk.ts';

export interface SessionInput {
  readonly readings: Readings;
}

/** The conversation before the connection is a WebSocket. */
export function newConversation({ readings }: SessionInput): Conversation {
  return {
    readings,
    stage: 'connecting',
    upgrade: null,
    calls: [],
    grants: [],
    isRegistered: false,
    batches: nothingSeen,
    pings: { 'central-kms': [], sidecar: [] },
    echoed: { 'central-kms': [], sidecar: [] },
    left: { 'central-kms': null, sidecar: null },
    reasonToLeave: null,
    failure: [],
    isRefuted: false,
    isRefused: false,
    isMoved: false,
  };
}

/** What all phases remember (context) and may ask (guards). */
export const conversation = setup({
  types: declares<{
    context: Conversation;
    events: CentralKmsEvent;
    input: SessionInput;
    meta: StateMeta;
    tags: 'owes:central-kms' | 'owes:sidecar';
  }>(),
  guards,
  actions: {
    /** How far the connection is, which calls await a response, and what was said that counts. */
    remember: assign(remembered),
  },
});
