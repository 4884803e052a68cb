import type { Random } from '#src/base/random.ts';
import { encodeRecord } from '#src/base/records.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Json } from '#src/base/json.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import { FrameCutter, type CutFrame } from '#src/exhibit/frame-cutter.ts';
import { Follower } from './follower.ts';
import { memberAt, writePath, type Path } from './members.ts';
import type { End } from './passage.ts';
import { rewritten, type Change } from './rewrite.ts';
import type { Deed, Rule, Script } from './script.ts';
import type { Lane } from './session.ts';
import { Tampered, type Act, type Changed } from './tampered.ts';

/** Bytes of one frame that are kept back until it is whole. */
const maxHeldBytes = 32 * 1024 * 1024;
/** Frames of a side that may come again, and values of a member that are remembered. */
const maxRemembered = 64;

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
  readonly #said: Record<End, { message: string; bytes: Uint8Array }[]> = {
    client: [],
    server: [],
  };
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
    stream.heldBytes =
      acts.length > 0 ? stream.cutter.pendingBytes : stream.heldBytes + bytes.length;
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
    const isLeft = deeds.length === 0;
    const acts = isLeft ? [pass(bytes)] : this.#sabotaged(by, { frame, bytes }, deeds);
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

  #sabotaged(by: End, { frame, bytes }: CutFrame, deeds: readonly Deed[]): readonly Act[] {
    const name = this.#follower.name(frame, by) ?? 'a frame';
    const tampered = new Tampered(bytes, {
      what: `${name} of ${this.#follower.side(by)}`,
      change: (change, made) => this.#changed(change, { by, frame, bytes: made }),
      earlier: (message) => this.#said[by].findLast((one) => one.message === message)?.bytes,
    });
    for (const deed of deeds) tampered.apply(deed);
    return tampered.acts();
  }

  #changed(
    change: Change,
    { by, frame, bytes }: { readonly by: End; readonly frame: unknown; readonly bytes: Uint8Array },
  ): Changed {
    if (change.do === 'corrupt' && typeof change.at === 'number') return flipped(bytes, change.at);
    const { protocol, settings, random } = this.#sabotage;
    const { rewriting } = protocol;
    const members = rewriting?.open(frame) ?? null;
    if (rewriting === undefined || members === null) {
      return { ok: false, why: 'it cannot be taken apart' };
    }
    const made = rewritten(members, change, (at, now) => this.#before(by, at, now));
    if (!made.ok) return made;
    try {
      const writing = { speaker: this.#follower.side(by), settings, random };
      return { ok: true, bytes: rewriting.close(frame, made.members, writing) };
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

function pass(bytes: Uint8Array): Act {
  return { do: 'pass', bytes, seen: 'both' };
}

function wrapped({ strand }: Lane, bytes: Uint8Array): Uint8Array {
  return strand === null ? bytes : encodeRecord({ ...strand, kind: 'data', bytes });
}

function flipped(bytes: Uint8Array, at: number): Changed {
  if (at >= bytes.length) return { ok: false, why: `it has ${bytes.length} bytes` };
  const made = Uint8Array.from(bytes);
  made[at] = (made[at] ?? 0) ^ 1;
  return { ok: true, bytes: made };
}

function remembered<One>(list: One[], one: One): void {
  list.push(one);
  if (list.length > maxRemembered) list.shift();
}
