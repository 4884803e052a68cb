import type { Readings, Requirement } from '#models/language/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { deliveriesIn, exchangeOf, idIn, type Delivery } from '../deliveries.ts';

/** What a frame or a key breaks, in one sentence; `null`: nothing. */
export type Look<Thing> = (thing: Thing) => string | null;

/** A property of every key of the device's, in their order; `begin` is asked for each trace. */
export function ofKeys(
  requirement: Requirement,
  begin: (readings: Readings) => Look<Delivery>,
): Audit {
  return {
    requirement,
    check(frames, peer, readings) {
      if (peer !== 'qkd-device') return null;
      return first(deliveriesIn(frames), begin(readings));
    },
  };
}

/** A property of every message of the peer's, where the requirement binds it. */
export function ofMessages(
  requirement: Requirement,
  begin: (readings: Readings) => Look<JudgedFrame>,
): Audit {
  return {
    requirement,
    check: (frames, peer, readings) => {
      if (requirement.binds !== peer && requirement.binds !== 'any') return null;
      const own = frames.filter(({ by, perceived }) => by === 'peer' && perceived.message !== null);
      return first(own, begin(readings));
    },
  };
}

/** An answer of the peer's, with the call that it answers. */
export interface Answered {
  readonly answer: JudgedFrame;
  /** `null` where the trace does not hold it. */
  readonly call: JudgedFrame | null;
  readonly at: number;
  /** `<session> <end> <id>` of streams that the KMS has asked to close, without an answer so far. */
  readonly mayBeClosed: ReadonlySet<string>;
}

/** A property of every answer of the device's. */
export function ofAnswers(
  requirement: Requirement,
  begin: (readings: Readings) => Look<Answered>,
): Audit {
  return {
    requirement,
    check: (frames, peer, readings) =>
      peer === 'qkd-device' ? first(answersIn(frames), begin(readings)) : null,
  };
}

/** The answers of the peer's that have a code, in their order. */
export function answersIn(frames: readonly JudgedFrame[]): readonly Answered[] {
  const calls = new Map<string, JudgedFrame>();
  /** Stream ends by the close that awaits its answer. */
  const closing = new Map<string, string>();
  return frames.flatMap((frame) => {
    const { by, at, perceived } = frame;
    const { message } = perceived;
    const isAnswer = perceived.payload['code'] !== undefined;
    if (by === 'player' && !isAnswer) {
      calls.set(exchangeOf(frame), frame);
      if (message === 'close') closing.set(exchangeOf(frame), endName(frame, idIn(frame)));
    }
    if (by !== 'peer' || !isAnswer || message === null) return [];
    const call = calls.get(exchangeOf(frame)) ?? null;
    closing.delete(exchangeOf(frame));
    const mayBeClosed = new Set(closing.values());
    if (message === 'opened') {
      const name = endName(frame, idIn(frame) ?? (call && idIn(call)));
      for (const [exchange, one] of closing) if (one === name) closing.delete(exchange);
    }
    return [{ answer: frame, call, at, mayBeClosed }];
  });
}

function endName({ session, perceived }: JudgedFrame, id: string | null): string {
  return `${session} ${String(perceived.payload['end'])} ${id}`;
}

function first<Thing extends { readonly at: number }>(
  things: readonly Thing[],
  look: Look<Thing>,
): { at: number; detail: string } | null {
  for (const thing of things) {
    const detail = look(thing);
    if (detail !== null) return { at: thing.at, detail };
  }
  return null;
}
