import { messages, requirements } from '#models/qosst/index.ts';
import type { Audit } from '#src/contract/protocol.ts';

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

function isContentless(message: string): boolean {
  return Object.entries(messages).some(([name, row]) => name === message && row.content === null);
}

function isEmpty(content: unknown): boolean {
  if (content === undefined || content === null) return true;
  return typeof content === 'object' && Object.keys(content).length === 0;
}

/** What no machine can hold: properties of the whole trace. */
export const audits: readonly Audit[] = [uniqueChallenges, contentWhereNone];
