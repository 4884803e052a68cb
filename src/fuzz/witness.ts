import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { PlayEnded } from '#src/play/stage.ts';
import type { Cost, Warden } from '#src/play/warden.ts';
import { noted, type PlannedMessage } from '#src/suite/noted.ts';

/** A message that a session would say, or that would be kept back. */
export interface WitnessedMessage extends PlannedMessage {
  /** What is wrong with it, in one line; `null`: nothing. */
  readonly flaw: string | null;
  /** Why it would not be sent; `null`: it would be. */
  readonly withheld: string | null;
}

const nothingWhole = 'bytes that make no whole message';

/** Writes down what is said and what is kept back, and does what the real warden does. */
export class Witness implements Warden {
  readonly withheld: ReadonlySet<string>;
  readonly #protocol: Protocol;
  readonly #warden: Warden | undefined;
  #said: WitnessedMessage[] = [];
  #heard = 0;
  #keys = 0;

  constructor(protocol: Protocol, warden: Warden | undefined) {
    this.#protocol = protocol;
    this.#warden = warden;
    this.withheld = warden?.withheld ?? new Set();
  }

  sends(frames: readonly Perceived[], at: Position): void {
    const withheld = this.#refusal(frames, at);
    const said = frames.map((frame) => ({
      ...noted(this.#protocol, frame, at),
      flaw: frame.flaws[0]?.detail ?? null,
      withheld: withheld?.message ?? null,
    }));
    const broken = { message: null, isMalformed: true, destroys: [], flaw: nothingWhole };
    this.#said.push(...(said.length > 0 ? said : [{ ...broken, withheld: null }]));
    if (withheld !== null) throw withheld;
    for (const frame of frames) this.#count(frame);
  }

  hears(frame: Perceived): void {
    this.#warden?.hears(frame);
    this.#heard += 1;
    this.#count(frame);
  }

  demand(cost: Cost): void {
    this.#warden?.demand(cost);
  }

  get left(): Cost {
    const endless = { keys: Number.POSITIVE_INFINITY, messages: Number.POSITIVE_INFINITY };
    return this.#warden?.left ?? endless;
  }

  /** All since the last time. */
  take(): {
    readonly sent: readonly WitnessedMessage[];
    readonly heard: number;
    readonly keys: number;
  } {
    const taken = { sent: this.#said, heard: this.#heard, keys: this.#keys };
    this.#said = [];
    this.#heard = 0;
    this.#keys = 0;
    return taken;
  }

  #refusal(frames: readonly Perceived[], at: Position): PlayEnded | null {
    try {
      this.#warden?.sends(frames, at);
      return null;
    } catch (fault) {
      if (fault instanceof PlayEnded) return fault;
      throw fault;
    }
  }

  #count(frame: Perceived): void {
    this.#keys += this.#protocol.keysOf?.(frame) ?? 0;
  }
}
