import type { Link } from '#src/transport/link.ts';
import type { Bench } from './court-thread.ts';
import { otherEnd, type End } from './passage.ts';
import type { Saboteur } from './saboteur.ts';
import type { Lane, Session } from './session.ts';
import type { Act } from './tampered.ts';

/** Longest single wait for what comes next; then it is waited again. */
const patienceMs = 60_000;

/** What bytes are carried with. */
export interface Carrying {
  readonly session: Session;
  readonly bench: Bench;
  /** Changes what passes; `null`: it passes as it comes. */
  readonly saboteur: Saboteur | null;
  /** Waits so long, or until the proxy ends. */
  readonly sleep: (ms: number) => Promise<void>;
  /** True where an ending is told when it is known that nothing follows: see `rest`. */
  readonly keepsEnding?: () => boolean;
  /** Hears that one side has nothing more to say. */
  readonly ended?: () => void;
}

/** How a lane ended, and by whom first. */
export interface LaneEnding {
  readonly by: End;
  readonly how: 'end' | 'reset';
}

/** Carries bytes both ways until both ends have ended; returns what ended it first. */
export async function carry(lane: Lane, carrying: Carrying): Promise<LaneEnding> {
  const lanes = new LaneState(lane, carrying);
  await Promise.all([lanes.pump('client'), lanes.pump('server')]);
  return lanes.first ?? { by: 'client', how: 'end' };
}

class LaneState {
  readonly #lane: Lane;
  readonly #carrying: Carrying;
  /** What comes from there is kept back from now on. */
  readonly #held = new Set<End>();
  #isBroken = false;
  first: LaneEnding | null = null;

  constructor(lane: Lane, carrying: Carrying) {
    this.#lane = lane;
    this.#carrying = carrying;
  }

  async pump(by: End): Promise<void> {
    const { bench } = this.#carrying;
    const from = this.#lane.ends[by];
    const to = this.#lane.ends[otherEnd(by)];
    for (;;) {
      const arrival = await from.read(patienceMs);
      if (arrival.kind === 'silence') continue;
      if (arrival.kind === 'closed')
        return this.#close(by, arrival.how === 'end' ? 'end' : 'reset');
      const passing = this.#pass(by, to, arrival.bytes);
      if (passing !== undefined) await passing;
      const wait = to.room?.() ?? bench.room();
      if (wait !== undefined) await wait;
    }
  }

  /** Passed on first, written down behind it. */
  #pass(by: End, to: Link, bytes: Uint8Array): Promise<void> | undefined {
    const { session, saboteur } = this.#carrying;
    if (this.#isBroken) return undefined;
    if (saboteur !== null) return this.#act(by, saboteur.take(this.#lane, by, bytes));
    to.write(bytes);
    session.carried(this.#lane, by, { bytes, seen: 'both' });
    return undefined;
  }

  async #act(by: End, acts: readonly Act[]): Promise<void> {
    const { session, sleep } = this.#carrying;
    for (const act of acts) {
      if (this.#isBroken) return;
      if (act.do === 'tell') session.record({ kind: 'fault', ...act.fault });
      else if (act.do === 'wait') await sleep(act.ms);
      else if (act.do === 'hold') this.#held.add(by);
      else if (act.do === 'break') this.#break(act.how);
      else this.#deliver(by, act);
    }
  }

  #deliver(by: End, { bytes, seen }: Extract<Act, { do: 'pass' }>): void {
    const { session } = this.#carrying;
    const isHeld = this.#held.has(by);
    if (seen !== 'sender' && !isHeld) this.#lane.ends[otherEnd(by)].write(bytes);
    if (isHeld && seen === 'receiver') return;
    session.carried(this.#lane, by, { bytes, seen: isHeld ? 'sender' : seen });
  }

  /** Each end sees the other one leave. */
  #break(how: 'end' | 'reset'): void {
    const { session } = this.#carrying;
    for (const by of ['client', 'server'] as const) {
      session.ended(this.#lane, by, { how, seen: 'receiver' });
      const link = this.#lane.ends[by];
      if (how === 'end') link.end();
      else link.reset();
    }
    this.first ??= { by: 'client', how };
    this.#isBroken = true;
  }

  async #close(by: End, how: 'end' | 'reset'): Promise<void> {
    const { session, saboteur, keepsEnding, ended } = this.#carrying;
    ended?.();
    const isFirst = this.first === null;
    this.first ??= { by, how };
    if (this.#isBroken) return;
    if (saboteur !== null) await this.#act(by, saboteur.rest(this.#lane, by));
    if (this.#held.has(by)) return session.ended(this.#lane, by, { how, seen: 'sender' });
    const to = this.#lane.ends[otherEnd(by)];
    if (how === 'end') to.end();
    else to.reset();
    if (how === 'reset') this.#isBroken = true;
    /** What follows a reset, or an ending that was only passed on, is nobody's doing. */
    const isTold = isFirst || this.#lane.strand !== null;
    if (isTold && keepsEnding?.() !== true) session.ended(this.#lane, by, { how, seen: 'both' });
  }
}
