import type { Problem } from '../tree.ts';
import { rules, type JsonProblemKind } from './problem-kinds.ts';

/** A problem as it is found; `at` is an offset in the text that was read. */
export interface Finding {
  readonly kind: JsonProblemKind;
  readonly at: number;
  /** What was found, in few words. */
  readonly found: string;
}

type Placed = Finding & { readonly path: string };

/** Of a text that is nothing but problems, so many are told. */
const mostProblems = 500;

/** Collects what is wrong in one text; holds a bounded number of findings. */
export class ProblemList {
  readonly #findings: Placed[];
  readonly #offsetOf: (at: number) => number;
  #firstDropped: Placed | undefined;
  readonly #droppedKinds = new Set<JsonProblemKind>();

  /** `offsetOf`: where an offset that is told lies in the text; `known` has those of the text. */
  constructor(offsetOf: (at: number) => number = (at) => at, known: readonly Finding[] = []) {
    this.#offsetOf = offsetOf;
    this.#findings = [];
    for (const finding of known) this.#keep({ ...finding, path: '' });
  }

  /** `path`: asked for only if it is told. */
  add(finding: Finding, path: () => string = () => ''): void {
    const isTold = this.#findings.length < mostProblems || this.#firstDropped === undefined;
    if (!isTold) this.#droppedKinds.add(finding.kind);
    else this.#keep({ ...finding, at: this.#offsetOf(finding.at), path: path() });
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

  #keep(finding: Placed): void {
    if (this.#findings.length < mostProblems) {
      this.#findings.push(finding);
    } else {
      this.#firstDropped ??= finding;
      this.#droppedKinds.add(finding.kind);
    }
  }

  #further({ at, path }: Placed, tolerated: ReadonlySet<JsonProblemKind>): Problem {
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
