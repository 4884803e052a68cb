import { conversation } from '../conversation.ts';
import { messages } from '../messages.ts';
import { requirements } from '../requirements.ts';

const flaws = ['malformed', 'unauthentic', 'unknown', 'misplaced', 'unfit'] as const;

/** Behind a response the next request awaits its own: the oldest decides where the region is. */
const then = [
  { guard: 'thenIdle' as const, target: 'idle' },
  { guard: 'thenAnswering' as const, target: 'answering' },
  { guard: 'thenStopping' as const, target: 'stopping' },
  { guard: 'thenContinuing' as const, target: 'continuing' },
  { guard: 'thenUndoing' as const, target: 'undoing' },
  { guard: 'thenRefusing' as const, target: 'refusing' },
];

const ends = { 'server.closes': { guard: 'mayEnd' as const, target: 'ended' } };

/** A response, good or not: it settles the oldest request. */
const settles = Object.fromEntries(
  ['succeeded', 'failed', 'batchAnswered', 'rejected', 'pending', 'httpRefused', ...flaws].map(
    (name) => [`server.${name}`, then],
  ),
);

/** Any request may follow before the response to the one before it has come. */
const follows = Object.fromEntries(requests().map((name) => [`client.${name}`, {}]));

function requests(): readonly string[] {
  const said = Object.entries(messages).flatMap(([name, { saidBy }]) =>
    saidBy[0] === 'client' ? name : [],
  );
  return [...said, ...flaws];
}

/** What a request brings about where no other awaits its response. */
const single = Object.fromEntries(
  requests().map((name) => [
    `client.${name}`,
    name === 'batch'
      ? [
          { guard: 'firstStopping' as const, target: 'stopping' },
          { guard: 'firstContinuing' as const, target: 'continuing' },
          { guard: 'firstUndoing' as const, target: 'undoing' },
          { guard: 'firstAnswering' as const, target: 'answering' },
        ]
      : [{ guard: 'firstAnswering' as const, target: 'answering' }, { target: 'refusing' }],
  ]),
);

/**
 * Requests and responses: each is answered once, in their order, and what a batch does when one of
 * its items fails is a state of its own.
 * @see KMIP 2.1, Message Structure; Batch Error Continuation Option
 */
export const exchange = conversation.createStateConfig({
  initial: 'idle',
  on: { 'client.closes': '.ended' },
  states: {
    idle: {
      on: {
        ...single,
        'server.closes': { guard: 'mayEndIdle' as const, target: 'ended' },
        'server.rejected': { guard: 'mayRefuseMore' as const },
      },
    },
    answering: {
      tags: ['owes:server'],
      meta: { covers: [requirements.everyRequestAnswered] },
      on: { ...settles, ...follows, ...ends },
    },
    stopping: {
      tags: ['owes:server'],
      meta: { covers: [requirements.everyRequestAnswered, requirements.stopStops] },
      on: { ...settles, ...follows, ...ends },
    },
    continuing: {
      tags: ['owes:server'],
      meta: { covers: [requirements.everyRequestAnswered, requirements.continueGoesOn] },
      on: { ...settles, ...follows, ...ends },
    },
    undoing: {
      tags: ['owes:server'],
      meta: { covers: [requirements.everyRequestAnswered, requirements.undoUndoes] },
      on: { ...settles, ...follows, ...ends },
    },
    /** A request that is wrong. */
    refusing: {
      tags: ['owes:server'],
      meta: { covers: [requirements.badMessageRefused] },
      on: { ...settles, ...follows, ...ends },
    },
    ended: {},
  },
});
