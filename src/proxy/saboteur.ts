import type { Random } from '#src/base/random.ts';
import { encodeRecord } from '#src/base/records.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Json } from '#src/base/json.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import { FrameCutter, type CutFrame } from '#src/exhibit/frame-cutter.ts';
import { Follower } from './follower.ts';
import { memberAt, writePath, type Path } from './members.ts';
import type { End, Seen } from './passage.ts';
import { rewritten } from './rewrite.ts';
import type { Deed, Rule, Script } from './script.ts';
import type { Lane } from './session.ts';

/** What is to be done with what came. */
export type Act =
  | { readonly do: 'pass'; readonly bytes: Uint8Array; readonly seen: Seen }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'hold' }
  | { readonly do: 'break'; readonly how: 'end' | 'reset' }
  | { readonly do: 'tell'; readonly fault: { readonly text: string; readonly starves: boolean } };

/** Bytes of one frame that are kept back until it is whole. */
const maxHeldBytes = 32 * 1024 * 1024;
/** Frames of a side that may come again, and values of a member that are remembered. */
const maxRemembered = 64;
/** A delay that makes a peer give up, ms. */
const longMs = 1000;

/** What a saboteur of one session works with. */
export interface Sabotage {
  readonly protocol: Protocol;
  readonly settings: Settings;
  readonly script: Script;
  readonly random: Random;
  readonly session: number;
}

interface Stream {
  readonly cutter: FrameCutter;
  heldBytes: number;
  /** What comes is no frame any more that anybody could read. */
  isRaw: boolean;
}

/** Cuts what passes into frames, and does to some of them what a script says. */
export class Saboteur {
  readonly #sabotage: Sabotage;
  readonly #follower: Follower;
  readonly #streams = new WeakMap<Lane, Record<End, Stream>>();
  readonly #counts = new Map<Rule, number>();
  readonly #said: Record<End, { message: string; bytes: Uint8Array }[]> = { client: [], server: [] };
  readonly #values = new Map<string, Json[]>();

  constructor(sabotage: Sabotage) {
    this.#sabotage = sabotage;
    this.#follower = new Follower(sabotage.protocol, sabotage.settings);
  }

  /** What is to be done with bytes that came: those of an unfinished frame are kept back. */
  take(lane: Lane, by: End, bytes: Uint8Array): readonly Act[] {
    const stream = this.#stream(lane, by);
    if (stream.isRaw) return [{ do: 'pass', bytes, seen: 'both' }];
    const acts = stream.cutter.push(wrapped(lane, bytes)).flatMap((frame) => {
      stream.heldBytes = 0;
      return this.#frame(by, frame);
    });
    stream.heldBytes = acts.length > 0 ? stream.cutter.pendingBytes : stream.heldBytes + bytes.length;
    const isLost = stream.cutter.pendingBytes === 0 && stream.heldBytes > 0;
    if (!isLost && stream.heldBytes <= maxHeldBytes) return acts;
    stream.isRaw = true;
    return [...acts, ...this.rest(lane, by)];
  }

  /** Its connection ends: what was kept back. */
  rest(lane: Lane, by: End): readonly Act[] {
    const { cutter } = this.#stream(lane, by);
    return cutter.rest().map((bytes) => ({ do: 'pass', bytes, seen: 'both' }));
  }

  #stream(lane: Lane, by: End): Stream {
    const known = this.#streams.get(lane);
    if (known !== undefined) return known[by];
    const { protocol, settings } = this.#sabotage;
    const isBundle = lane.strand !== null;
    const made = (): Stream => ({
      cutter: new FrameCutter(() => protocol.reader(settings), { isBundle }),
      heldBytes: 0,
      isRaw: false,
    });
    const streams = { client: made(), server: made() };
    this.#streams.set(lane, streams);
    return streams[by];
  }

  #frame(by: End, { frame, bytes }: CutFrame): readonly Act[] {
    if (bytes.length === 0) return [];
    const message = this.#follower.name(frame, by);
    const rules = this.#firing(message, by);
    const deeds = rules.flatMap((rule) => rule.deeds);
    const acts = deeds.length === 0 ? [pass(bytes)] : this.#sabotaged({ by, frame, bytes, deeds });
    this.#remember({ message, by, frame, bytes });
    const isHeard = acts.some((act) => act.do === 'pass' && act.seen !== 'sender');
    this.#follower.follow(frame, by, isHeard);
    return acts;
  }

  #firing(message: string | null, by: End): readonly Rule[] {
    const { script, session } = this.#sabotage;
    const side = this.#follower.side(by);
    return script.rules.filter((rule) => {
      const { on } = rule;
      if (on.session !== null && on.session !== session) return false;
      if (on.by !== null && on.by !== side) return false;
      if (on.message !== 'any' && on.message !== message) return false;
      const count = (this.#counts.get(rule) ?? 0) + 1;
      this.#counts.set(rule, count);
      return on.nth === 'every' || on.nth === count;
    });
  }

  #sabotaged(meant: {
    readonly by: End;
    readonly frame: unknown;
    readonly bytes: Uint8Array;
    readonly deeds: readonly Deed[];
  }): readonly Act[] {
    const { by, frame, bytes, deeds } = meant;
    const side = this.#follower.side(by);
    const what = `${this.#follower.name(frame, by) ?? 'a frame'} of ${side}`;
    const tells: Act[] = [];
    const waits: Act[] = [];
    const behind: Act[] = [];
    let made: Uint8Array | null = bytes;
    for (const deed of deeds) {
      const told = (text: string, starves = false) =>
        tells.push({ do: 'tell', fault: { text: `${text} ${what}`, starves } });
      const copy: Uint8Array | null = made;
      switch (deed.do) {
        case 'drop':
          made = null;
          told('drops', true);
          break;
        case 'hold':
          made = null;
          behind.push({ do: 'hold' });
          told('holds from now on what comes, from', true);
          break;
        case 'duplicate':
          if (copy !== null) behind.push({ do: 'pass', bytes: copy, seen: 'receiver' });
          told('duplicates');
          break;
        case 'close':
        case 'reset':
          behind.push({ do: 'break', how: deed.do === 'close' ? 'end' : 'reset' });
          told(deed.do === 'close' ? 'ends the connection behind' : 'resets the connection behind', true);
          break;
        case 'delay':
          waits.push({ do: 'wait', ms: deed.ms });
          told(`delays by ${deed.ms} ms`, deed.ms >= longMs);
          break;
        case 'truncate':
          made = copy?.subarray(0, deed.bytes) ?? null;
          told(`passes only the first ${deed.bytes} bytes of`, true);
          break;
        case 'replayMessage': {
          const old = this.#said[by].findLast(({ message }) => message === deed.message);
          if (old === undefined) told(`cannot replay ${deed.message}, which was not said, behind`);
          else {
            behind.push({ do: 'pass', bytes: old.bytes, seen: 'receiver' });
            told(`replays ${deed.message} behind`);
          }
          break;
        }
        default: {
          if (copy === null) break;
          const changed = this.#changed(deed, { by, frame, bytes: copy });
          if (changed.ok) made = changed.bytes;
          told(changed.ok ? `${verbs[deed.do]}` : `cannot change (${changed.why})`);
        }
      }
    }
    const isAsItCame = made === bytes && waits.length === 0;
    const passed: readonly Act[] = isAsItCame
      ? [pass(bytes)]
      : [
          { do: 'pass', bytes, seen: 'sender' },
          ...waits,
          ...(made === null || made.length === 0 ? [] : [forged(made)]),
        ];
    return [...tells, ...passed, ...behind];
  }

  #changed(
    deed: Extract<Deed, { do: 'set' | 'remove' | 'swap' | 'corrupt' | 'replayMember' }>,
    { by, frame, bytes }: { readonly by: End; readonly frame: unknown; readonly bytes: Uint8Array },
  ): { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: string } {
    if (deed.do === 'corrupt' && typeof deed.at === 'number') return flipped(bytes, deed.at);
    const { protocol, settings, random } = this.#sabotage;
    const { rewriting } = protocol;
    const members = rewriting?.open(frame) ?? null;
    if (rewriting === undefined || members === null) {
      return { ok: false, why: 'it cannot be taken apart' };
    }
    const change = rewritten(members, deed, (at, now) => this.#before(by, at, now));
    if (!change.ok) return change;
    try {
      const writing = { speaker: this.#follower.side(by), settings, random };
      return { ok: true, bytes: rewriting.close(frame, change.members, writing) };
    } catch (fault) {
      if (!(fault instanceof HarnessError)) throw fault;
      return { ok: false, why: fault.message };
    }
  }

  #before(by: End, at: Path, now: Json): Json | undefined {
    const values = this.#values.get(`${by} ${writePath(at)}`) ?? [];
    return values.findLast((value) => JSON.stringify(value) !== JSON.stringify(now));
  }

  #remember(said: {
    readonly message: string | null;
    readonly by: End;
    readonly frame: unknown;
    readonly bytes: Uint8Array;
  }): void {
    const { message, by, frame, bytes } = said;
    const deeds = this.#sabotage.script.rules.flatMap((rule) => rule.deeds);
    const isWanted = deeds.some((one) => one.do === 'replayMessage' && one.message === message);
    if (message !== null && isWanted) remembered(this.#said[by], { message, bytes });
    const paths = deeds.flatMap((one) => (one.do === 'replayMember' ? [one.at] : []));
    const members = paths.length === 0 ? null : this.#sabotage.protocol.rewriting?.open(frame);
    for (const path of paths) {
      const value = members === null || members === undefined ? undefined : memberAt(members, path);
      if (value === undefined) continue;
      const key = `${by} ${writePath(path)}`;
      const values = this.#values.get(key) ?? [];
      this.#values.set(key, values);
      remembered(values, value);
    }
  }
}

const verbs = {
  set: 'sets members of',
  remove: 'removes members of',
  swap: 'swaps members of',
  corrupt: 'corrupts',
  replayMember: 'replays an earlier member in',
} as const;

function pass(bytes: Uint8Array): Act {
  return { do: 'pass', bytes, seen: 'both' };
}

function forged(bytes: Uint8Array): Act {
  return { do: 'pass', bytes, seen: 'receiver' };
}

function wrapped({ strand }: Lane, bytes: Uint8Array): Uint8Array {
  return strand === null ? bytes : encodeRecord({ ...strand, kind: 'data', bytes });
}

function flipped(bytes: Uint8Array, at: number) {
  if (at >= bytes.length) return { ok: false, why: `it has ${bytes.length} bytes` } as const;
  const made = Uint8Array.from(bytes);
  made[at] = (made[at] ?? 0) ^ 1;
  return { ok: true, bytes: made } as const;
}

function remembered<One>(list: One[], one: One): void {
  list.push(one);
  if (list.length > maxRemembered) list.shift();
}
