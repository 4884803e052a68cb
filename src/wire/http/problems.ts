import type { HttpProblem, HttpProblemCode } from './message.ts';

/** What is wrong with one message: the first of each code, in the order in which they were found. */
export class Problems {
  readonly #found = new Map<HttpProblemCode, HttpProblem>();

  add(code: HttpProblemCode, detail: string): void {
    if (!this.#found.has(code)) this.#found.set(code, { code, detail });
  }

  has(code: HttpProblemCode): boolean {
    return this.#found.has(code);
  }

  list(): readonly HttpProblem[] {
    return this.#found.size === 0 ? none : [...this.#found.values()];
  }
}

const none: readonly HttpProblem[] = [];
