import type { Requirement } from '#models/language/index.ts';
import { messages, requirements, type MessageName } from '#models/qosst/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { conductAudits, explanationAudits } from './conduct-audits.ts';
import { memoryAudits } from './memory-audits.ts';
import { member } from './say.ts';

/**
 * Each challenge is issued once, by either side: a repeated one could be answered with a recorded
 * frame.
 */
const uniqueChallenges: Audit = {
  requirement: requirements.challengeUnique,
  check(frames, peer) {
    const issued = new Set<unknown>();
    for (const { by, perceived, at } of frames) {
      const challenge = perceived.payload['nextChallenge'];
      if (by === 'peer' && issued.has(challenge)) {
        return { at, detail: `${peer} issued the challenge ${JSON.stringify(challenge)} again.` };
      }
      issued.add(challenge);
    }
    return null;
  },
};

/** Receivers pass such content over, senders have no reason for it. */
const contentWhereNone: Audit = {
  requirement: requirements.contentlessHasNone,
  check(frames, peer) {
    for (const { by, perceived, at } of frames) {
      const { message, payload } = perceived;
      if (by !== 'peer' || message === null || !isContentless(message)) continue;
      if (isEmpty(payload['content'])) continue;
      return { at, detail: `${peer} sent content in ${message}.` };
    }
    return null;
  },
};

/** Alice may refuse the UUID of another frame; it is Bob who names the one that he has begun. */
const framesNamed = (message: MessageName, requirement: Requirement): Audit => ({
  requirement,
  check(frames, peer) {
    let begun: unknown = null;
    for (const { by, perceived, at } of frames) {
      if (peer !== 'bob' || by !== 'peer') continue;
      const named = member(perceived.payload['content'], 'frame_uuid');
      if (perceived.message === 'initializationRequest') begun = named;
      if (perceived.message !== message || named === undefined || isSame(named, begun)) continue;
      return { at, detail: `${peer} named another frame in ${message}.` };
    }
    return null;
  },
});

function isSame(named: unknown, begun: unknown): boolean {
  return String(named).toLowerCase() === String(begun).toLowerCase();
}

function isContentless(message: string): boolean {
  return Object.entries(messages).some(([name, row]) => name === message && row.content === null);
}

function isEmpty(content: unknown): boolean {
  if (content === undefined || content === null) return true;
  return typeof content === 'object' && Object.keys(content).length === 0;
}

/** What no machine can hold: properties of the whole trace. What only SHOULD be comes last. */
export const audits: readonly Audit[] = [
  ...conductAudits,
  uniqueChallenges,
  contentWhereNone,
  framesNamed('qieRequest', requirements.exchangeRequestNamesFrame),
  framesNamed('frameEnded', requirements.frameEndNamesFrame),
  ...memoryAudits,
  ...explanationAudits,
];
