import type { Model, Requirement } from '#models/language/index.ts';
import type { Result } from '#src/contract/report.ts';
import type { VerdictName } from '#src/contract/verdict.ts';
import { worstFirst } from './pack.ts';

/** What became of one requirement. */
export interface MatrixRow {
  readonly requirement: Requirement;
  /** The worst of its cases; `null`: none was run. */
  readonly verdict: VerdictName | null;
  /** How many cases came to what, the worst first. */
  readonly counts: readonly { readonly verdict: VerdictName; readonly cases: number }[];
  readonly readings: readonly string[];
  /** Why nothing tells of it; `null` where something does. */
  readonly untested: string | null;
}

/** The requirements of one section of a document. */
export interface MatrixSection {
  readonly document: string;
  readonly section: string;
  readonly rows: readonly MatrixRow[];
}

/**
 * Every requirement of a model by the section that it stands in, with what the results say of it. A
 * case speaks for all that it covers when it passes; when it does not, for what it broke alone.
 */
export function matrixOf(
  model: Model,
  results: readonly Result[],
  side: string,
): readonly MatrixSection[] {
  const told = new Map(
    Object.values(model.requirements).map(({ id }) => [id, new Array<Result>()]),
  );
  for (const result of results) {
    for (const id of toldOf(result)) told.get(id)?.push(result);
  }
  const rows = Object.values(model.requirements).map((requirement) =>
    rowOf(requirement, told.get(requirement.id) ?? [], side),
  );
  const sections = Map.groupBy(rows, ({ requirement: { cite } }) =>
    JSON.stringify([cite.document, cite.section]),
  );
  return [...sections.values()].map((group) => ({
    document: group[0]?.requirement.cite.document ?? '',
    section: group[0]?.requirement.cite.section ?? '',
    rows: group,
  }));
}

function toldOf({ verdict, kind, requirements }: Result): readonly string[] {
  const isBroken = kind !== null && verdict !== 'pass' && verdict !== 'reading';
  return isBroken ? requirements.slice(0, 1) : requirements;
}

function rowOf(requirement: Requirement, results: readonly Result[], side: string): MatrixRow {
  const byVerdict = Map.groupBy(results, ({ verdict }) => verdict);
  const counts = worstFirst
    .map((verdict) => ({ verdict, cases: byVerdict.get(verdict)?.length ?? 0 }))
    .filter(({ cases }) => cases > 0);
  return {
    requirement,
    verdict: counts[0]?.verdict ?? null,
    counts,
    readings: [...new Set(results.flatMap(({ reading }) => reading))],
    untested: results.length > 0 ? null : whyUntested(requirement, side),
  };
}

function whyUntested({ unobservable, binds }: Requirement, side: string): string {
  if (unobservable !== undefined) return `cannot be observed: ${unobservable}`;
  if (binds !== side && binds !== 'any') return `binds ${binds}`;
  return 'no case was run';
}
