/**
 * How long a target may be busy with what it did last: over all its sessions, as one that serves
 * one client at a time keeps the next one waiting.
 */
export class Busy {
  readonly #replyMsAfter: Readonly<Record<string, number>>;
  #untilMs = 0;

  /** @param replyMsAfter - by message, of either side: for the answer behind it, ms */
  constructor(replyMsAfter: Readonly<Record<string, number>>) {
    this.#replyMsAfter = replyMsAfter;
  }

  /** The target has said a message that may keep it busy. */
  said(message: string | null, nowMs: number): void {
    const ms = message === null ? undefined : this.#replyMsAfter[message];
    if (ms !== undefined) this.#untilMs = Math.max(this.#untilMs, nowMs + ms);
  }

  /** For the answer to a message, ms. */
  patience(message: string, nowMs: number, replyMs: number): number {
    return Math.max(this.#replyMsAfter[message] ?? replyMs, this.#untilMs - nowMs);
  }
}
