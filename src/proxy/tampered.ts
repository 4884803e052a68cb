import type { Seen } from './passage.ts';
import type { Change } from './rewrite.ts';
import type { Deed } from './script.ts';

/** What is to be done with what came. */
export type Act =
  | { readonly do: 'pass'; readonly bytes: Uint8Array; readonly seen: Seen }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'hold' }
  | { readonly do: 'break'; readonly how: 'end' | 'reset' }
  | { readonly do: 'tell'; readonly fault: { readonly text: string; readonly starves: boolean } };

/** What a change gives: other bytes, or why there are none. */
export type Changed =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: string };

/** What a frame is tampered with by. */
export interface Tools {
  /** How people call the frame: `qieReady of alice`. */
  readonly what: string;
  /** The frame with other members. */
  readonly change: (change: Change, bytes: Uint8Array) => Changed;
  /** The last message of a name that the same side has said. */
  readonly earlier: (message: string) => Uint8Array | undefined;
}

/** A delay that makes a peer give up, ms. */
const longMs = 1000;

/** One frame on its way, as deeds change it, one after the other. */
export class Tampered {
  readonly #bytes: Uint8Array;
  readonly #tools: Tools;
  readonly #tells: Act[] = [];
  readonly #waits: Act[] = [];
  readonly #behind: Act[] = [];
  /** What is passed on; `null`: nothing. */
  #made: Uint8Array | null;

  constructor(bytes: Uint8Array, tools: Tools) {
    this.#bytes = bytes;
    this.#made = bytes;
    this.#tools = tools;
  }

  apply(deed: Deed): void {
    switch (deed.do) {
      case 'drop':
        this.#made = null;
        return this.#tell('drops', true);
      case 'hold':
        this.#made = null;
        this.#behind.push({ do: 'hold' });
        return this.#tell('holds from now on what comes, from', true);
      case 'duplicate':
        this.#follow(this.#made);
        return this.#tell('duplicates');
      case 'close':
        this.#behind.push({ do: 'break', how: 'end' });
        return this.#tell('ends the connection behind', true);
      case 'reset':
        this.#behind.push({ do: 'break', how: 'reset' });
        return this.#tell('resets the connection behind', true);
      case 'delay':
        this.#waits.push({ do: 'wait', ms: deed.ms });
        return this.#tell(`delays by ${deed.ms} ms`, deed.ms >= longMs);
      case 'truncate':
        this.#made = this.#made?.subarray(0, deed.bytes) ?? null;
        return this.#tell(`passes only the first ${deed.bytes} bytes of`, true);
      case 'replayMessage':
        return this.#replay(deed.message);
      default:
        return this.#change(deed);
    }
  }

  /** All that is to be done with it. */
  acts(): readonly Act[] {
    return [...this.#tells, ...this.#passed(), ...this.#behind];
  }

  #passed(): readonly Act[] {
    const bytes = this.#bytes;
    const made = this.#made;
    const isAsItCame = made === bytes && this.#waits.length === 0;
    if (isAsItCame) return [{ do: 'pass', bytes, seen: 'both' }];
    const kept: Act = { do: 'pass', bytes, seen: 'sender' };
    if (made === null || made.length === 0) return [kept, ...this.#waits];
    return [kept, ...this.#waits, { do: 'pass', bytes: made, seen: 'receiver' }];
  }

  #replay(message: string): void {
    const old = this.#tools.earlier(message);
    if (old === undefined)
      return this.#tell(`cannot replay ${message}, which was not said, behind`);
    this.#follow(old);
    this.#tell(`replays ${message} behind`);
  }

  #change(deed: Change): void {
    if (this.#made === null) return;
    const changed = this.#tools.change(deed, this.#made);
    if (changed.ok) this.#made = changed.bytes;
    this.#tell(changed.ok ? verbs[deed.do] : `cannot change (${changed.why})`);
  }

  /** Something comes behind it that its speaker did not say there. */
  #follow(bytes: Uint8Array | null): void {
    if (bytes !== null) this.#behind.push({ do: 'pass', bytes, seen: 'receiver' });
  }

  #tell(text: string, starves = false): void {
    const fault = { text: `${text} ${this.#tools.what}`, starves };
    this.#tells.push({ do: 'tell', fault });
  }
}

const verbs: Readonly<Record<Change['do'], string>> = {
  set: 'sets members of',
  remove: 'removes members of',
  swap: 'swaps members of',
  corrupt: 'corrupts',
  replayMember: 'replays an earlier member in',
};
