import type { Known, Result } from '#src/contract/report.ts';
import { verdictNames, type VerdictName } from '#src/contract/verdict.ts';
import { printable } from '../text.ts';
import type { ResultColumns } from './record.ts';

/** Verdicts as a page orders them: what should be looked at first comes first. */
export const worstFirst = [
  ...(['fail', 'error', 'flaky', 'untestable', 'warn', 'reading'] as const),
  ...(['pass', 'notApplicable'] as const),
] satisfies readonly VerdictName[];

/** Characters of one text that a page holds, while there is room for so many in all, and of the rest. */
const longest = { one: 4000, all: 6_000_000, rest: 200 } as const;

/** The results as a page orders them. */
export function inOrder(results: readonly Result[]): readonly Result[] {
  const byVerdict = Object.groupBy(results, ({ verdict }) => verdict);
  return worstFirst.flatMap((verdict) => byVerdict[verdict] ?? []);
}

/** The results by columns, and the texts that they name. */
export function packed(results: readonly Result[]): {
  readonly texts: readonly string[];
  readonly results: ResultColumns;
} {
  const texts = new Texts();
  const column = <Value>(of: (result: Result) => Value) => results.map(of);
  const text = (of: (result: Result) => string | null) =>
    column((result) => texts.place(of(result)));
  const list = (of: (result: Result) => readonly string[]) =>
    column((result) => of(result).map((one) => texts.place(one)));
  const columns: ResultColumns = {
    id: column(({ id }) => printable(id)),
    title: text(({ title }) => title),
    verdict: text(({ verdict }) => verdict),
    kind: text(({ kind }) => kind),
    level: text(({ level }) => level),
    requirements: list(({ requirements }) => requirements),
    citations: list(({ citations }) => citations),
    reading: list(({ reading }) => reading),
    outcomes: list(({ expected }) => expected.map(({ outcome }) => outcome)),
    reasons: list(({ expected }) => expected.map(({ why }) => why)),
    actual: text(({ actual }) => actual),
    explanation: text(({ explanation }) => explanation),
    known: text(({ known }) => (known === undefined ? null : knownLine(known))),
    messages: column(({ messages }) => messages),
    durationMs: column(({ durationMs }) => durationMs),
    failed: column(({ tries }) => tries.failed),
    tries: column(({ tries }) => tries.of),
    trace: text(({ trace }) => trace),
    replay: text(({ id, replay }) => replay.replaceAll(id, '{id}')),
  };
  return { texts: texts.all, results: columns };
}

/** Every text once; report.json has those whole that are too long for a page. */
class Texts {
  readonly #places = new Map<string, number>();
  #room: number = longest.all;

  get all(): readonly string[] {
    return [...this.#places.keys()];
  }

  place(text: string | null): number {
    if (text === null) return -1;
    const shown = bounded(text, this.#room > 0 ? longest.one : longest.rest);
    const known = this.#places.get(shown);
    if (known !== undefined) return known;
    this.#room -= shown.length;
    return this.#places.set(shown, this.#places.size).size - 1;
  }
}

/** A text that cannot fill a page, whatever a peer put into it. */
export function bounded(text: string, most: number = longest.one): string {
  const shown = printable(text.slice(0, most));
  return text.length > most ? `${shown}… (${text.length - most} characters more)` : shown;
}

const standings: Readonly<Record<Known['standing'], string>> = {
  expectedFail: 'known failure',
  unexpectedPass: 'known failure that does not fail any more',
  changed: 'known failure that fails otherwise now',
  expired: 'known failure that was known for too long',
};

function knownLine({ standing, why, reason, expires }: Known): string {
  const more = why === null ? '' : ` (${why})`;
  return `${standings[standing]}${more}: ${reason}; until ${expires}`;
}

/** What a verdict means, and its sign: no verdict is told by colour alone. */
export const verdictSigns = {
  pass: '✓',
  reading: '≈',
  warn: '!',
  fail: '✗',
  flaky: '~',
  untestable: '?',
  notApplicable: '–',
  error: '‼',
} as const satisfies Readonly<Record<VerdictName, string>>;

/** Verdict, sign and meaning, the worst first. */
export function verdictLegend(): readonly {
  readonly name: VerdictName;
  readonly sign: string;
  readonly meaning: string;
}[] {
  return worstFirst.map((name) => ({
    name,
    sign: verdictSigns[name],
    meaning: verdictNames[name],
  }));
}
