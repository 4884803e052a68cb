import { fingerprint } from '#src/base/fingerprint.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Finding } from '#src/contract/finding.ts';
import type { Violation } from '#src/contract/verdict.ts';

/**
 * What two findings have in common when they are the same: the requirement, the kind, and what
 * the frame before it had wrong with it; where nothing was wrong, which message it was. A frame
 * that is wrong in itself is wrong whatever it answers.
 */
export function signature(
  violation: Pick<Violation, 'requirement' | 'at'> & Pick<Finding, 'kind'>,
  frames: readonly JudgedFrame[],
): string {
  const { requirement, kind, at } = violation;
  if (kind === 'frame' || kind === 'content') return [requirement.id, kind].join('|');
  /** What came later has no part in it. */
  const before = frames.filter((frame) => frame.by === 'player' && frame.at <= at);
  const asked = before.at(-1)?.perceived;
  const flaws = asked?.flaws.map((flaw) => flaw.requirement.id) ?? [];
  const about = flaws.length > 0 ? flaws[0] : (asked?.message ?? 'the beginning');
  return [requirement.id, kind, about].join('|');
}

/** A short name for a signature, the same in every run. */
export function findingId(protocol: string, side: string, text: string): string {
  return `${protocol}-${side}-${fingerprint(text).toString(16).padStart(8, '0')}`;
}
