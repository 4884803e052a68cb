import { HarnessError } from '#src/base/errors.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { PlayEnded } from '#src/play/stage.ts';
import type { Cost, Warden } from '#src/play/warden.ts';
import { refusal, withheldMessages } from './restraint.ts';

/** What stands before a target: nothing where its profile asks for no care. */
export function wardenOf(protocol: Protocol, profile: Profile): RunWarden | undefined {
  const { safe, never, budget = {} } = profile;
  const isNeeded = safe || never.length > 0 || Object.keys(budget).length > 0;
  return isNeeded ? new RunWarden(protocol, profile) : undefined;
}

/** Keeps the profile's word for one run: what is withheld does not leave, the budget is kept. */
export class RunWarden implements Warden {
  readonly withheld: ReadonlySet<string>;
  readonly #protocol: Protocol;
  readonly #profile: Profile;
  readonly #used = { keys: 0, messages: 0 };

  constructor(protocol: Protocol, profile: Profile) {
    this.#protocol = protocol;
    this.#profile = profile;
    this.withheld = withheldMessages(protocol, profile);
  }

  sends(frames: readonly Perceived[], at: Position): void {
    for (const frame of frames) {
      const why = refusal(this.#protocol, this.#profile, { frame, at });
      if (why !== null) throw new PlayEnded('withheld', why);
    }
    const cost = { messages: frames.length, keys: this.#keysOf(frames) };
    this.demand(cost);
    this.#pay(cost);
  }

  hears(frame: Perceived): void {
    const cost = { messages: 1, keys: this.#keysOf([frame]) };
    this.demand(cost);
    this.#pay(cost);
  }

  /** @throws HarnessError `spent` where less than that is left. */
  demand(cost: Cost): void {
    const { budget = {} } = this.#profile;
    for (const kind of ['keys', 'messages'] as const) {
      const most = budget[kind] ?? Number.POSITIVE_INFINITY;
      const used = this.#used[kind];
      if (cost[kind] === 0 || used + cost[kind] <= most) continue;
      const asked = `${used} used, ${cost[kind]} more wanted`;
      throw new HarnessError('spent', `the budget of ${most} ${kind} would be exceeded: ${asked}`);
    }
  }

  get left(): Cost {
    const { keys = Number.POSITIVE_INFINITY, messages = Number.POSITIVE_INFINITY } =
      this.#profile.budget ?? {};
    return { keys: keys - this.#used.keys, messages: messages - this.#used.messages };
  }

  #pay(cost: Cost): void {
    this.#used.keys += cost.keys;
    this.#used.messages += cost.messages;
  }

  #keysOf(frames: readonly Perceived[]): number {
    const { keysOf } = this.#protocol;
    return keysOf === undefined ? 0 : frames.reduce((sum, frame) => sum + keysOf(frame), 0);
  }
}
