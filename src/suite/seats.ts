import type { Case } from '#src/contract/case.ts';
import { Seat, type Bench, type Played } from './run-case.ts';

/** The session that reusable cases of one state share, as long as they pass. */
export class Seats implements AsyncDisposable {
  readonly #bench: Bench;
  #seat: Seat | null = null;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Plays a case in the shared session; `null`: it needs a session of its own. */
  async play(played: Case): Promise<Played | null> {
    if (played.reusable !== true || played.from === undefined) {
      await this.leave();
      return null;
    }
    if (this.#seat?.state !== played.from) {
      await this.leave();
      this.#seat = await Seat.take(this.#bench, played);
    }
    const came = (await this.#seat?.play(played)) ?? null;
    if (came === null) await this.leave();
    return came;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }

  /** Ends the shared session: targets that serve one client at a time need it to be over. */
  async leave(): Promise<void> {
    await this.#seat?.[Symbol.asyncDispose]();
    this.#seat = null;
  }
}
