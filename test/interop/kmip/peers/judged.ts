import path from 'node:path';
import { planSuite, protocols, runSuite, subjectOf, type TargetFlags } from '#src/index.ts';

const profiles = path.resolve(import.meta.dirname, '../../../../fixtures/profiles');

/** What is wrong with a peer, by the line of its confirmation: the cases that find it. */
export type Findings = Readonly<Record<string, RegExp>>;

/** What the suite said of a peer. */
export interface Judged {
  /** Cases that are red although no finding of the peer explains it. */
  readonly unexplained: readonly string[];
  /** Findings that no case has found. */
  readonly missed: readonly string[];
  /** How many cases passed. */
  readonly passed: number;
}

/** Which cases are played: `full` where the environment has `FULL`. */
export interface Choice {
  readonly sample: readonly string[];
  readonly full: readonly string[];
}

/** Plays cases against a peer under its profile. */
export async function judged(
  flags: TargetFlags,
  { sample, full }: Choice,
  findings: Findings,
): Promise<Judged> {
  const profile = path.join(profiles, `${flags.profile}.yaml`);
  const subject = await subjectOf({ ...flags, profile }, protocols);
  const selectors = process.env['FULL'] === undefined ? sample : full;
  const plan = planSuite(subject, { retries: 0, selectors });
  const { results } = await runSuite(plan, () => {});
  const red = results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  const patterns = Object.values(findings);
  return {
    unexplained: red.filter((id) => !patterns.some((pattern) => pattern.test(id))),
    missed: Object.keys(findings).filter((name) => !red.some((id) => findings[name]?.test(id))),
    passed: results.filter(({ verdict }) => verdict === 'pass' || verdict === 'reading').length,
  };
}
