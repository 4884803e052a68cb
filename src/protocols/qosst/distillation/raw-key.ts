/** Corrected blocks of one frame, by their numbers: what both sides keep, in order. */
export class RawKey {
  readonly #blocks = new Map<number, Uint8Array>();

  /** Block `number` came out right. */
  keep(number: number, bits: Uint8Array): void {
    this.#blocks.set(number, bits);
  }

  drop(number: number): void {
    this.#blocks.delete(number);
  }

  get blocks(): number {
    return this.#blocks.size;
  }

  /** All bits, in the order of the blocks. */
  bits(): Uint8Array {
    const kept = [...this.#blocks].toSorted(([left], [right]) => left - right);
    const bits = new Uint8Array(kept.reduce((sum, [, block]) => sum + block.length, 0));
    let at = 0;
    for (const [, block] of kept) {
      bits.set(block, at);
      at += block.length;
    }
    return bits;
  }
}
