import type { Problem } from './tree.ts';

/** Rules by the words of the problems of breaking them, and which of these a reader may accept. */
export interface Rules<Kind extends string> {
  readonly texts: Readonly<Record<Kind | 'furtherProblems', string>>;
  readonly tolerable: ReadonlySet<Kind | 'furtherProblems'>;
}

/** Of what is nothing but problems, so many are told, and that there are more. */
const most = 100;

/** The problems of one reading. */
export class ProblemLog<Kind extends string> {
  readonly #rules: Rules<Kind>;
  readonly #problems: Problem[] = [];

  constructor(rules: Rules<Kind>) {
    this.#rules = rules;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** `path` is asked for only where the problem is told. */
  tell(
    kind: Kind,
    { at, found, path }: { readonly at: number; readonly found: string; path(): string },
  ): void {
    const { length } = this.#problems;
    if (length < most) {
      this.#add(kind, { at, path: path(), found }, this.#rules.tolerable.has(kind));
      return;
    }
    /** Of those that are left, one that no reader may accept says more than others. */
    const isTolerable = this.#rules.tolerable.has(kind);
    const last = this.#problems[most];
    if (last !== undefined && (isTolerable || last.tolerable !== true)) return;
    this.#problems.length = most;
    this.#add('furtherProblems', { at, path: path(), found: `another ${kind}` }, isTolerable);
  }

  #add(
    kind: Kind | 'furtherProblems',
    { at, path, found }: { readonly at: number; readonly path: string; readonly found: string },
    isTolerable: boolean,
  ): void {
    const problem: Problem = { kind, at, path, detail: `${found}; ${this.#rules.texts[kind]}` };
    this.#problems.push(isTolerable ? { ...problem, tolerable: true } : problem);
  }
}
