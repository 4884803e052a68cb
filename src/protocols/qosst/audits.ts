import { requirements } from '#models/qosst/index.ts';
import type { Audit } from '#src/contract/protocol.ts';

/** Each challenge is issued once: a repeated one could be answered with a recorded frame. */
const uniqueChallenges: Audit = {
  requirement: requirements.challengeUnique,
  check(frames, peer) {
    const issued = new Set<unknown>();
    for (const { by, perceived, at } of frames) {
      if (by !== 'peer') continue;
      const challenge = perceived.payload['nextChallenge'];
      if (issued.has(challenge)) {
        return { at, detail: `${peer} issued the challenge ${JSON.stringify(challenge)} again.` };
      }
      issued.add(challenge);
    }
    return null;
  },
};

/** What no machine can hold: properties of the whole trace. */
export const audits: readonly Audit[] = [uniqueChallenges];
