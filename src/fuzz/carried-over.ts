/** What a peer chose in an earlier session and has chosen otherwise today: ids, names, tokens. */
export class CarriedOver {
  /** Contents of each message, in their order. */
  readonly #then = new Map<string, unknown[]>();
  readonly #today = new Map<string, unknown[]>();
  /** Today's texts by those of then. */
  readonly #texts = new Map<string, string>();

  /** The peer said it then. */
  heardThen(message: string, content: unknown): void {
    this.#pair(message, listed(this.#then, message).push(content) - 1);
  }

  /** The peer says it today. */
  heardToday(message: string, content: unknown): void {
    this.#pair(message, listed(this.#today, message).push(content) - 1);
  }

  /** What the room would have said then and would say today: what is worked out of other texts. */
  worksOut(then: unknown, today: unknown): void {
    this.#learn(then, today);
  }

  /** The same with today's texts wherever the peer's of then stand, each as a whole. */
  renewed(content: unknown): unknown {
    if (typeof content === 'string') return this.#texts.get(content) ?? content;
    if (typeof content !== 'object' || content === null) return content;
    if (Array.isArray(content)) return content.map((item) => this.renewed(item));
    return Object.fromEntries(
      Object.entries(content).map(([name, value]) => [name, this.renewed(value)]),
    );
  }

  #pair(message: string, index: number): void {
    const then = this.#then.get(message);
    const today = this.#today.get(message);
    if (then === undefined || today === undefined) return;
    if (index < Math.min(then.length, today.length)) this.#learn(then[index], today[index]);
  }

  #learn(then: unknown, today: unknown): void {
    if (typeof then === 'string' && typeof today === 'string') {
      if (then !== today && then.length >= leastCharacters) this.#texts.set(then, today);
      return;
    }
    if (typeof then !== 'object' || typeof today !== 'object') return;
    if (then === null || today === null) return;
    for (const [name, value] of Object.entries(then)) this.#learn(value, Reflect.get(today, name));
  }
}

/** Shorter texts are words that may stand anywhere. */
const leastCharacters = 6;

function listed(lists: Map<string, unknown[]>, message: string): unknown[] {
  const list = lists.get(message) ?? [];
  lists.set(message, list);
  return list;
}
