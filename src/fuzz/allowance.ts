import { HarnessError } from '#src/base/errors.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Cost, Warden } from '#src/play/warden.ts';

/** Of what is left of a budget so much may go into one finding that is played again. */
const share = 0.5;

/**
 * Another warden, who gives no more than half of what is left: what is done besides a campaign does
 * not end it.
 */
export class Allowance implements Warden {
  readonly withheld: ReadonlySet<string>;
  readonly #warden: Warden;
  readonly #protocol: Protocol;
  #mine: Cost;

  constructor(warden: Warden, protocol: Protocol) {
    const { keys, messages } = warden.left;
    this.withheld = warden.withheld;
    this.#warden = warden;
    this.#protocol = protocol;
    this.#mine = { keys: Math.floor(keys * share), messages: Math.floor(messages * share) };
  }

  get left(): Cost {
    return this.#mine;
  }

  sends(frames: readonly Perceived[], at: Position): void {
    const cost = this.#costOf(frames);
    this.#refuse(cost);
    this.#warden.sends(frames, at);
    this.#pay(cost);
  }

  hears(frame: Perceived): void {
    const cost = this.#costOf([frame]);
    /** What has come has cost the target already, whoever asked for it. */
    this.#warden.hears(frame);
    this.#refuse(cost);
    this.#pay(cost);
  }

  demand(cost: Cost): void {
    this.#refuse(cost);
    this.#warden.demand(cost);
  }

  #refuse(cost: Cost): void {
    for (const kind of ['keys', 'messages'] as const) {
      if (cost[kind] === 0 || cost[kind] <= this.#mine[kind]) continue;
      const told = `half of the ${kind} that were left have gone into playing a finding again`;
      throw new HarnessError('spent', told);
    }
  }

  #pay({ keys, messages }: Cost): void {
    this.#mine = { keys: this.#mine.keys - keys, messages: this.#mine.messages - messages };
  }

  #costOf(frames: readonly Perceived[]): Cost {
    const keys = frames.reduce((sum, frame) => sum + (this.#protocol.keysOf?.(frame) ?? 0), 0);
    return { keys, messages: frames.length };
  }
}
