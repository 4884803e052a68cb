import type { Exhibit } from '#src/contract/exhibit.ts';

/** What an exhibit shows, in lines: the verdict, the requirement, what was wrong. */
export function headline({ protocol, dialect, peer, verdict }: Exhibit): readonly string[] {
  const { violation } = verdict;
  const about = `qkdspec: ${protocol} (${dialect}), ${peer} under test: ${verdict.verdict}`;
  if (violation === null) return [about];
  const { requirement, actual, expected } = violation;
  const wanted = expected.map(({ outcome }) => outcome).join(' or ') || 'nothing';
  return [
    about,
    `${requirement.level} ${requirement.text} [${requirement.id}]`,
    `expected ${wanted}; actual ${actual}`,
  ];
}

/** That an output holds key material in clear; `null`: there is none in the trace. */
export function secretsNote({ steps }: Exhibit): string | null {
  const count = steps.filter(({ frame }) => (frame?.secret.length ?? 0) > 0).length;
  if (count === 0) return null;
  const frames = count === 1 ? '1 frame' : `${count} frames`;
  return `holds key material in clear, in ${frames}: keep it as you keep keys`;
}
