import { chartOf } from '#src/chart/chart-of.ts';
import { Tracker } from '#src/chart/tracker.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { End } from './passage.ts';

/** Follows a session as its server sees it: what a frame is may depend on what went before. */
export class Follower {
  readonly #protocol: Protocol;
  readonly #settings: Settings;
  readonly #tracker: Tracker;

  constructor(protocol: Protocol, settings: Settings) {
    this.#protocol = protocol;
    this.#settings = settings;
    const { server, session } = protocol.model;
    const start = { peer: server, input: protocol.sessionInput(settings) };
    this.#tracker = new Tracker(chartOf(session), protocol.model, start);
  }

  side(end: End): string {
    const { server, sides } = this.#protocol.model;
    return end === 'server' ? server : (sides.find((side) => side !== server) ?? server);
  }

  /** What the model calls a frame; `null`: nothing. */
  name(frame: unknown, by: End): string | null {
    const at = this.#tracker.likeliest;
    return this.#protocol.perceive(frame, this.side(by), at, this.#settings).message;
  }

  /** It was said; `isHeard`: the other side has it. */
  follow(frame: unknown, by: End, isHeard: boolean): void {
    const speaker = this.side(by);
    const look = (position: Tracker['likeliest']) =>
      this.#protocol.perceive(frame, speaker, position, this.#settings);
    if (by === 'server') this.#tracker.hear(look);
    else if (isHeard) this.#tracker.say(speaker, look);
  }
}
