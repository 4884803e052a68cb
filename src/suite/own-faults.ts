import type { Profile } from '#src/contract/target.ts';

/**
 * Faults of a reference side of ours, which end a run; a mutant may break down, as anybody's side
 * may.
 */
export class OwnFaults {
  readonly #isKept: boolean;
  #first: { readonly fault: unknown } | null = null;

  constructor({ target }: Profile) {
    this.#isKept = target.kind === 'reference' && target.mutant === null;
  }

  note(fault: unknown): void {
    if (this.#isKept) this.#first ??= { fault };
  }

  /** @throws what was noted first, once. */
  check(): void {
    const noted = this.#first;
    this.#first = null;
    if (noted !== null) throw noted.fault;
  }
}
