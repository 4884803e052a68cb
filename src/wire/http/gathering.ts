/** Bytes that come piece by piece; they are copied, into memory that doubles. */
export class Gathering {
  #memory: Uint8Array = nothing;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#memory.length) {
      const memory = new Uint8Array(Math.max(length, 2 * this.#memory.length));
      memory.set(this.#memory.subarray(0, this.#length));
      this.#memory = memory;
    }
    this.#memory.set(bytes, this.#length);
    this.#length = length;
  }

  /** Everything so far; a view that later bytes may leave behind. */
  get seen(): Uint8Array {
    return this.#memory.subarray(0, this.#length);
  }

  /** Everything so far; begins anew. */
  take(): Uint8Array {
    const taken = this.#memory.subarray(0, this.#length);
    this.#memory = nothing;
    this.#length = 0;
    return taken;
  }
}

const nothing = new Uint8Array(0);
