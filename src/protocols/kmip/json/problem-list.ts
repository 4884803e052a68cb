import type { Problem } from '../tree.ts';
import { rules, type JsonProblemKind } from './problem-kinds.ts';

/** A problem as it is found; `at` is an offset in the text that was read. */
export interface Finding {
  readonly kind: JsonProblemKind;
  readonly at: number;
  readonly path: string;
  /** What was found, in few words. */
  readonly found: string;
}

/** Of a text that is nothing but problems, so many are told. */
const mostProblems = 500;

/** Collects what is wrong in one text; holds a bounded number of findings. */
export class ProblemList {
  readonly #findings: Finding[];
  readonly #offsetOf: (at: number) => number;
  #firstDropped: Finding | undefined;
  readonly #droppedKinds = new Set<JsonProblemKind>();

  /** `offsetOf`: where an offset that is told lies in the text; `known` has those of the text. */
  constructor(offsetOf: (at: number) => number = (at) => at, known: readonly Finding[] = []) {
    this.#offsetOf = offsetOf;
    this.#findings = known.slice(0, mostProblems);
    for (const finding of known.slice(mostProblems)) this.#drop(finding);
  }

  add(finding: Finding): void {
    const placed = { ...finding, at: this.#offsetOf(finding.at) };
    if (this.#findings.length < mostProblems) this.#findings.push(placed);
    else this.#drop(placed);
  }

  /** All that was found, in the order of the text, with the numbers of the lines. */
  told(text: string, tolerated: ReadonlySet<JsonProblemKind>): readonly Problem[] {
    const lines = new LineCounter(text);
    const told = this.#findings
      .toSorted((one, other) => one.at - other.at)
      .map(({ kind, at, path, found }) => {
        const detail = `line ${lines.lineOf(at)}: ${found}; ${rules[kind]}`;
        const problem = { kind, at, path, detail };
        return tolerated.has(kind) ? ({ ...problem, tolerable: true } as const) : problem;
      });
    return this.#firstDropped === undefined
      ? told
      : [...told, this.#further(this.#firstDropped, tolerated)];
  }

  #drop(finding: Finding): void {
    this.#firstDropped ??= finding;
    this.#droppedKinds.add(finding.kind);
  }

  #further({ at, path }: Finding, tolerated: ReadonlySet<JsonProblemKind>): Problem {
    const kinds = [...this.#droppedKinds];
    const detail = `more problems: ${kinds.join(', ')}; ${rules.furtherProblems}`;
    const problem = { kind: 'furtherProblems', at, path, detail };
    return kinds.every((kind) => tolerated.has(kind)) ? { ...problem, tolerable: true } : problem;
  }
}

/** Counts lines forwards: offsets are asked for in their order. */
class LineCounter {
  readonly #text: string;
  #line = 1;
  #nextBreak: number;

  constructor(text: string) {
    this.#text = text;
    this.#nextBreak = text.indexOf('\n');
  }

  lineOf(at: number): number {
    while (this.#nextBreak !== -1 && this.#nextBreak < at) {
      this.#line += 1;
      this.#nextBreak = this.#text.indexOf('\n', this.#nextBreak + 1);
    }
    return this.#line;
  }
}
