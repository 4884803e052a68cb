import type { Strand } from '#src/base/records.ts';
import type { Link } from './link.ts';

/** Longest single wait for what comes next; then it is waited again. */
const patienceMs = 60_000;

/** What came on one connection of a bundle. */
export type Happening = {
  readonly kind: 'data' | 'ended' | 'reset';
  readonly bytes: Uint8Array;
};

/** One connection of a bundle, perhaps still being opened: what is written waits for that. */
export class OpenStrand implements AsyncDisposable {
  readonly strand: Strand;
  readonly #opened: Promise<Link | null>;
  /** What each side has said: nothing comes after `ended`. */
  #weEnded = false;
  #theyEnded = false;
  #isBroken = false;

  /** `opened` gives `null` where the connection could not be opened; it never rejects. */
  constructor(strand: Strand, opened: Promise<Link | null>) {
    this.strand = strand;
    this.#opened = opened;
  }

  /** True once nothing can happen here any more. */
  get isOver(): boolean {
    return this.#isBroken || (this.#weEnded && this.#theyEnded);
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > 0) void this.#opened.then((link) => link?.write(bytes));
  }

  end(): void {
    this.#weEnded = true;
    void this.#opened.then((link) => link?.end());
  }

  reset(): void {
    this.#isBroken = true;
    void this.#opened.then((link) => link?.reset());
  }

  /** What comes, until it ends or was broken off here; waits for `room` before each. */
  async *happenings(room: () => Promise<void> | undefined): AsyncGenerator<Happening> {
    const link = await this.#opened;
    while (!this.#theyEnded && !this.#isBroken) {
      await room();
      const arrival = (await link?.read(patienceMs)) ?? refused;
      if (this.#isBroken) return;
      if (arrival.kind === 'bytes') yield { kind: 'data', bytes: arrival.bytes };
      if (arrival.kind !== 'closed') continue;
      this.#theyEnded = true;
      this.#isBroken = arrival.how !== 'end';
      yield { kind: arrival.how === 'end' ? 'ended' : 'reset', bytes: nothing };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isBroken = true;
    const link = await this.#opened;
    await link?.[Symbol.asyncDispose]();
  }
}

const nothing = new Uint8Array(0);
const refused = { kind: 'closed', how: 'refused' } as const;
