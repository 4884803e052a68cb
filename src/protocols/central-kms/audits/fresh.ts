import { member, requirements } from '#models/central-kms/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { audit, contentIn, fresh, textOf, type Look } from './look.ts';

const keyOf = (name: string) => (frame: JudgedFrame) =>
  textOf(frame, 'registered', ['result', name])?.toLowerCase() ?? null;

/** Shorter challenges are guessed. */
const leastCharacters = 16;

const challengeRandom = (): Look => (frame) => {
  const challenge = textOf(frame, 'registered', ['result', 'challenge']);
  if (challenge === null || [...challenge].length >= leastCharacters) return null;
  return `The challenge has ${[...challenge].length} characters.`;
};

/** The key of an upgrade. */
function upgradeKey(frame: JudgedFrame): string | null {
  if (frame.perceived.message !== 'upgrade') return null;
  return String(member(contentIn(frame), 'key'));
}

/** What must be new each time: keys, challenges, ids of sidecars and batches. */
export const freshAudits: readonly Audit[] = [
  audit(requirements.challengeFresh, fresh(keyOf('challenge'), 'A challenge')),
  audit(requirements.keysFresh, fresh(keyOf('batchKey'), 'A batchKey')),
  audit(requirements.keysFresh, fresh(keyOf('rowKey'), 'A rowKey')),
  audit(requirements.challengeRandom, challengeRandom),
  audit(requirements.upgradeKey, fresh(upgradeKey, 'The key of an upgrade')),
  audit(
    requirements.sidecarIdFresh,
    fresh(
      (frame) => textOf(frame, 'register', ['params', 'id'])?.toLowerCase() ?? null,
      'A sidecarId',
    ),
  ),
];
