import type { Requirement } from '#models/language/index.ts';
import { requirements, type MessageName } from '#models/qosst/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { member } from './say.ts';

/** A refusal says in one member, as text, why. */
const explained = (
  requirement: Requirement,
  name: string,
  ...refusals: readonly MessageName[]
): Audit => ({
  requirement,
  check(frames, peer) {
    for (const { by, perceived, at } of frames) {
      const { message, payload } = perceived;
      if (by !== 'peer' || !refusals.some((refusal) => refusal === message)) continue;
      if (typeof member(payload['content'], name) === 'string') continue;
      return { at, detail: `${peer} sent ${message} without ${name}.` };
    }
    return null;
  },
});

const firstChallenge: Audit = {
  requirement: requirements.firstChallengeIssued,
  check([first], peer) {
    if (first?.by !== 'peer' || first.perceived.payload['nextChallenge'] !== '') return null;
    return { at: first.at, detail: `The first message of ${peer} issues an empty challenge.` };
  },
};

const framesOfTheirOwn: Audit = {
  requirement: requirements.initializationRequestContent,
  check(frames, peer) {
    const ended = new Set<unknown>();
    for (const { by, perceived, at } of frames) {
      if (by !== 'peer') continue;
      const uuid = member(perceived.payload['content'], 'frame_uuid');
      if (perceived.message === 'frameEnded') ended.add(uuid);
      if (perceived.message !== 'initializationRequest' || !ended.has(uuid)) continue;
      return { at, detail: `${peer} begins a frame under the UUID of one that was ended.` };
    }
    return null;
  },
};

/** What messages must say besides what their schemas hold. */
export const conductAudits: readonly Audit[] = [firstChallenge, framesOfTheirOwn];

/** Refusals that are for people, too. */
export const explanationAudits: readonly Audit[] = [
  explained(requirements.symbolsErrorExplained, 'error_message', 'peSymbolsError'),
  explained(requirements.estimatesDenialExplained, 'deny_message', 'peDenied'),
  explained(
    requirements.correctionErrorsExplained,
    'error_message',
    'ecDenied',
    'ecBlockError',
    'ecRemainingError',
    'ecVerificationFail',
  ),
  explained(requirements.amplificationErrorExplained, 'error_message', 'paError'),
];
