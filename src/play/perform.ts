import { systemClock, type Clock } from '#src/base/clock.ts';
import type { Random } from '#src/base/random.ts';
import type { Chart, Position } from '#src/chart/chart.ts';
import { moves } from '#src/chart/path.ts';
import { alternatives } from '#src/chart/tracker.ts';
import type { Perceived, Reader, Utterance } from '#src/contract/frame.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Deed, SideRecord } from '#src/contract/side.ts';
import type { Link } from '#src/transport/link.ts';
import { answerOf, delayOf, endless, sceneOf, type Session } from './answer.ts';

/**
 * Times that a side is asked what it does before it hears something: options ask for 1000 at most.
 */
const mostTurns = 2_000;
/** Times among them that what it says counts as something else, because the machine has no place. */
const mostAstray = 100;

/** What a reference side performs with. */
export interface Role {
  readonly protocol: Protocol;
  readonly chart: Chart;
  readonly record: SideRecord;
  readonly side: string;
  readonly settings: Settings;
  readonly random: Random;
  /** Ends a session in which nothing arrives for so long. */
  readonly idleMs: number;
  /** The machine's own without it. */
  readonly clock?: Clock;
  /** Hears of every frame, for a screen or a log. */
  readonly watch?: (by: string, line: string) => void;
}

/** A session that can go on over another connection. */
export interface Standing {
  position: Position;
  readonly session: Session;
}

/** A session before its first frame. */
export function standing(role: Role): Standing {
  const { protocol, chart, record, settings, random } = role;
  return {
    position: chart.initial(protocol.sessionInput(settings)),
    session: { memory: record.memory(random, settings), random },
  };
}

/** Performs one side on one connection until either side ends it, or it is idle for too long. */
export async function perform(role: Role, link: Link, at: Standing): Promise<void> {
  try {
    await performed(role, link, at);
  } finally {
    role.record.ended?.(at.session.memory, role.settings);
  }
}

async function performed(role: Role, link: Link, at: Standing): Promise<void> {
  const actor = new Actor(role, link, at);
  const reader = readerOf(role);
  const unread: unknown[] = [];
  for (;;) {
    const pause = await actor.act();
    if (pause === 'over') return;
    const isDelayed = pause !== null && pause < role.idleMs;
    while (unread.length === 0) {
      const arrival = await link.read(isDelayed ? pause : role.idleMs);
      if (arrival.kind === 'silence' && isDelayed) break;
      if (arrival.kind !== 'bytes') return;
      unread.push(...reader.push(arrival.bytes));
      const isWoken = arrival.bytes.length === 0;
      if (isDelayed || isWoken) break;
    }
    if (unread.length > 0) actor.hear(unread.shift());
  }
}

/** How the side that performs cuts and reads what arrives. */
export function readerOf({ protocol, record, settings }: Role): Reader {
  return record.reader?.(settings) ?? protocol.reader(settings);
}

/** One side in one session: hears frames, and does what it does. */
export class Actor {
  readonly #role: Role;
  readonly #link: Pick<Link, 'write' | 'end' | 'reset'>;
  readonly #at: Standing;
  #heard: Perceived | null = null;
  #astray = 0;

  constructor(role: Role, link: Pick<Link, 'write' | 'end' | 'reset'>, at: Standing) {
    this.#role = role;
    this.#link = link;
    this.#at = at;
  }

  /**
   * Does all that the side does now; how long it then waits to be asked again, ms: `null` until
   * it hears something. `over`: it has left, or does nothing any more.
   */
  async act(): Promise<number | null | 'over'> {
    let said: readonly Deed[] = [];
    this.#astray = 0;
    for (let turn = 0; turn < mostTurns && this.#astray < mostAstray; turn += 1) {
      const answer = this.#deeds();
      const deeds = 'then' in answer ? await answer : answer;
      for (const deed of deeds) if (!this.#do(deed)) return 'over';
      const delayMs = delayOf(deeds);
      if (deeds.length === 0 || delayMs !== null) return delayMs;
      said = deeds;
    }
    throw endless({ ...this.#role, position: this.#at.position }, said);
  }

  #deeds(): ReturnType<typeof answerOf> {
    const { protocol, record, side, settings } = this.#role;
    const { position, session } = this.#at;
    const part = { model: protocol.model, side, record };
    const nowMs = this.#nowMs();
    return answerOf(part, session, { position, settings, heard: this.#heard, nowMs });
  }

  #nowMs(): number {
    return (this.#role.clock ?? systemClock).nowMs();
  }

  /** Hears one frame of the other side's. */
  hear(frame: unknown): void {
    const { protocol, chart, record, side, settings, watch } = this.#role;
    const { position, session } = this.#at;
    const speaker = otherSide(protocol, side);
    const seen = protocol.perceive(frame, speaker, position, settings);
    const moment = { position, settings, heard: seen, nowMs: this.#nowMs() };
    const perceived = record.perceives?.(seen, sceneOf(session, moment)) ?? seen;
    if (perceived.quiet === true) return;
    watch?.(speaker, protocol.describe(frame));
    this.#heard = perceived;
    const [step] = alternatives(chart, protocol.model, { position, speaker, perceived });
    if (step !== undefined) this.#at.position = step;
  }

  /** False where the deed ends the session. */
  #do(deed: Deed): boolean {
    switch (deed.do) {
      case 'say':
        return this.#say(deed.utterance, deed.standsFor ?? deed.utterance);
      case 'write':
        this.#write(deed.bytes);
        return true;
      case 'close':
        this.#link.end();
        return false;
      case 'reset':
        this.#link.reset();
        return false;
      case 'stall':
        return false;
      case 'later':
        return true;
    }
  }

  #say(utterance: Utterance, meant: Utterance): boolean {
    const { protocol, record, side, settings, watch } = this.#role;
    const { position, session } = this.#at;
    const making = { position, settings, random: session.random };
    const moment = { position, settings, heard: this.#heard, nowMs: this.#nowMs() };
    const bent = record.bends?.(utterance, sceneOf(session, moment)) ?? utterance;
    const { bytes, payload } = protocol.compose(bent, side, making);
    this.#write(bytes);
    watch?.(side, utterance.message);
    const event =
      meant === utterance
        ? payload
        : { ...protocol.compose(meant, side, making).payload, ...payload };
    const next = this.#after(meant.message, event);
    if (next !== null) this.#at.position = next;
    return next !== null;
  }

  /**
   * The position after what was said; a lie counts as the truth that it stands for. `null`: the
   * machine has no place for it, and the side would say it for ever.
   */
  #after(message: string, payload: object): Position | null {
    const { protocol, chart, side, settings, random } = this.#role;
    const { position } = this.#at;
    const step = chart.step(position, { ...payload, type: `${side}.${message}` });
    if (step !== null) return step;
    const contents = (name: string) => protocol.contents(name, { position, settings, random });
    const legal = [...moves(chart, protocol.model, { position, contents })];
    const mine = legal.filter((move) => move.speaker === side);
    const likest = mine.find((move) => move.message === message) ?? mine[0];
    if (likest === undefined) return null;
    if (likest.message !== message) this.#astray += 1;
    const truth = { ...payload, content: likest.content, type: `${side}.${likest.message}` };
    return chart.step(position, truth);
  }

  #write(bytes: Uint8Array): void {
    const { segments } = this.#role.record;
    if (segments === undefined) this.#link.write(bytes);
    else for (const segment of segments(bytes)) this.#link.write(segment);
  }
}

/** The side that talks to this one: two-sided protocols have one other. */
export function otherSide(protocol: Protocol, side: string): string {
  return protocol.model.sides.find((name) => name !== side) ?? side;
}
