import type { Requirement } from '#models/language/index.ts';
import { fingerprint } from '#src/base/fingerprint.ts';
import type { Case } from '#src/contract/case.ts';

/**
 * Another one where what the case demands has changed: its requirements, their levels and words,
 * its expectation, where it begins and against whom. Its title may change.
 */
export function caseVersion(played: Case): string {
  const { covers, against, from = '', dialects = [], expect } = played;
  return versionOf([against, from, ...dialects, expect?.text ?? '', ...covers.flatMap(demanded)]);
}

/** Another one where what a requirement demands has changed: the version of a finding. */
export function demandVersion(row: Requirement | null): string {
  return versionOf(row === null ? [] : demanded(row));
}

function demanded({ id, level, text }: Requirement): readonly string[] {
  return [id, level, text];
}

/** A letter first, so that no reader of YAML takes it for a number. */
function versionOf(words: readonly string[]): string {
  return `v${fingerprint(JSON.stringify(words)).toString(16).padStart(8, '0')}`;
}
