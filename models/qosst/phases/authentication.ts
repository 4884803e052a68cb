import { conversation } from '../conversation.ts';
import { requirements } from '../requirements.ts';

/**
 * Listens to every frame: each issues the challenge that the other side's next frame must echo.
 * Wildcards never make an event legal, so this region allows nothing by itself.
 * @see QOSST control protocol, Authentication and identification
 */
export const challengeChain = conversation.createStateConfig({
  on: {
    'bob.unauthentic': { actions: ['rememberFrame', 'countFailure', 'forgetIdentity'] },
    'bob.*': { actions: 'rememberFrame' },
    'alice.*': { actions: 'rememberFrame' },
    'alice.unauthentic': { actions: ['rememberFrame', 'loseChain'] },
    'alice.malformed': { actions: ['rememberFrame', 'loseChain'] },
  },
});

/**
 * Bob no longer believes that he talks to Alice, or Alice that she talks to Bob: only a new
 * identification mends that.
 * @see QOSST control protocol, AUTHENTICATION_INVALID
 */
export const distrust = conversation.createStateConfig({
  tags: ['owes:bob'],
  meta: {
    covers: [requirements.unauthenticAnswerReidentifies, requirements.unauthenticReidentifies],
  },
  on: { 'bob.disconnection': '#disconnection', 'bob.closes': '#disconnection.closed' },
});
