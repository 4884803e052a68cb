import { RecordDecoder } from '#src/base/records.ts';

/** Connections of a bundle that one side opened, as far as they have come. */
export class Visits {
  readonly #by: 0 | 1;
  readonly #records = new RecordDecoder();
  readonly #known = new Set<string>();
  #isOver = false;

  /** `by`: who opens them, 0 the caller, 1 the one that is called. */
  constructor(by: 0 | 1) {
    this.#by = by;
  }

  /** Bytes that this side sent, cut anyhow. */
  saw(bytes: Uint8Array): void {
    for (const name of this.#namesIn(this.#records, bytes)) this.#known.add(name);
  }

  /** None that has not come yet is awaited any more. */
  giveUp(): void {
    this.#isOver = true;
  }

  /** Whether something lies in these records, whole ones, on a connection that has yet to come. */
  areMissing(bytes: Uint8Array): boolean {
    if (this.#isOver) return false;
    return this.#namesIn(new RecordDecoder(), bytes).some((name) => !this.#known.has(name));
  }

  #namesIn(records: RecordDecoder, bytes: Uint8Array): readonly string[] {
    return records
      .push(bytes)
      .flatMap((piece) =>
        piece.kind === 'data' && piece.by === this.#by ? `${piece.end} ${piece.connection}` : [],
      );
  }
}
