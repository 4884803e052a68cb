import { today } from '#src/base/clock.ts';
import type { Case } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Report, Result } from '#src/contract/report.ts';
import { isKnown } from '#src/gate/ending.ts';
import { gated, withKnown, type Against } from '#src/gate/gated.ts';
import { readBaseline, type BaselineFile } from './baseline-file.ts';
import type { Subject } from './profile.ts';
import { usage } from './usage.ts';

/** A list of known failures for a run that is going to be, or has been. */
export interface Gating extends Against {
  readonly lineOf: BaselineFile['lineOf'];
}

/** `YYYY-MM-DD`, in universal time. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/**
 * The list in a file, to be held against runs of these cases.
 * @throws HarnessError `usage` where it is about another side, or cannot be read.
 */
export function gatingBy(
  file: string | undefined,
  { protocol, profile }: Subject,
  cases: readonly Case[] = protocol.cases,
): Gating | null {
  if (file === undefined) return null;
  const ids = cases.map(({ id }) => id);
  return gatingFor(readBaseline(file), { file, protocol, side: profile.side, ids });
}

/** The same, for a run that is stored. */
export function gatingFor(
  { list, lineOf }: Pick<BaselineFile, 'list' | 'lineOf'>,
  about: {
    readonly file: string;
    readonly protocol: Protocol;
    readonly side: string;
    /** Of the cases that were run, or would be. */
    readonly ids: readonly string[];
  },
): Gating {
  const { file, protocol, side } = about;
  if (list.protocol !== protocol.name || list.side !== side) {
    const [is, wanted] = [`${list.protocol}/${list.side}`, `${protocol.name}/${side}`];
    throw usage(`${file} is about ${is}, the run about ${wanted}: each has a file of its own`);
  }
  const own = new Set(protocol.cases.map(({ id }) => id));
  /** Published test cases come from files: they are known by what was run. */
  const all = about.ids.every((id) => own.has(id)) ? own : new Set(about.ids);
  return { list, file, lineOf, today: dayOf(today()), exists: (id) => all.has(id) };
}

/** True for a result that is as it is known to be. */
export function isKnownIn(gating: Gating, result: Result): boolean {
  return isKnown(withKnown(result, gating));
}

/** A run held against a list, where there is one. */
export function gatedBy(gating: Gating | null, report: Report): Report {
  return gating === null ? report : gated(report, gating);
}
