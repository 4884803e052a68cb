import {
  member,
  requirements,
  statusOf,
  type Call,
  type MessageName,
} from '#models/etsi-004/index.ts';
import type { Readings, Requirement } from '#models/language/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { exchangeOf } from '../deliveries.ts';
import { recall } from '../context.ts';
import type { Etsi004Player } from './case.ts';
import { pullKeys } from './framing-play.ts';

/** Hears on until so many keys came, or nothing comes any more; how many came. */
export async function hearKeys(kms: Etsi004Player, keys: number): Promise<number> {
  if (recall(kms.context).delivery === 'pull') return pullKeys(kms, keys);
  for (let count = 0; count < keys;) {
    const heard = await kms.hear();
    if (heard.kind !== 'frame') return count;
    if (heard.perceived.message === 'keyMaterial') count += 1;
  }
  return keys;
}

/** At least so many keys must have been pushed at each of these ends. */
export function pushesKeys(keys: number, ends: readonly ('a' | 'b')[]): Expectation {
  const requirement = requirements.getKeyStartsPushing;
  const text = `${keys} keys at ${ends.map((end) => `end ${end}`).join(' and ')}`;
  return {
    text,
    check(frames) {
      const poor = ends.find((end) => keysAt(frames, end) < keys);
      if (poor === undefined) return null;
      const actual = `${keysAt(frames, poor)} keys at end ${poor}`;
      return violated({ kind: 'silence', requirement, text, actual, at: frames.at(-1)?.at ?? 0 });
    },
  };
}

/** Where one end has had keys for so long, the other one has had some, too. */
export function servesBoth(aloneMs: number): Expectation {
  const requirement = requirements.keysEqual;
  const text = 'the same keys at both ends';
  return {
    text,
    check(frames) {
      const counts = (['a', 'b'] as const).map((end) => keysAt(frames, end));
      const asked = frames.findLast(({ perceived }) => perceived.message === 'getKeyAccepted');
      const last = frames.findLast(({ by, perceived }) => by === 'peer' && bringsKey(perceived));
      const isAlone = Math.min(...counts) === 0 && Math.max(...counts) > 3;
      if (!isAlone || asked === undefined || last === undefined) return null;
      if (last.atMs - asked.atMs < aloneMs / 2) return null;
      const actual = `${counts[0]} keys at end a, ${counts[1]} at end b`;
      return violated({ kind: 'silence', requirement, text, actual, at: last.at });
    },
  };
}

function keysAt(frames: readonly JudgedFrame[], end: 'a' | 'b'): number {
  return frames.filter(
    ({ by, perceived }) =>
      by === 'peer' && bringsKey(perceived) && perceived.payload['end'] === end,
  ).length;
}

function bringsKey({ message, payload }: Perceived): boolean {
  const isPulled = message === 'getKeyAccepted';
  return (
    message === 'keyMaterial' ||
    (isPulled && member(payload['content'], 'key_buffer') !== undefined)
  );
}

/** Which answers are taken; with a list, only such statuses. */
export type Outcomes = Partial<Readonly<Record<MessageName, readonly number[] | 'any'>>>;

/**
 * Which call of a case: the last one of its kind at that end. At end a the first open-connect is
 * meant, because every session says one more when it takes its leave.
 */
export interface Which {
  readonly call: Call;
  readonly end: 'a' | 'b';
}

/** A call must be answered so, where the model would allow more. */
export function answers(
  requirement: Requirement,
  which: Which,
  outcomes: Outcomes | ((readings: Readings) => Outcomes | null),
): Expectation {
  const text = typeof outcomes === 'function' ? requirement.text : textOf(outcomes);
  return {
    text,
    check(frames, readings) {
      const taken = typeof outcomes === 'function' ? outcomes(readings) : outcomes;
      const answer = taken === null ? null : answerTo(frames, which);
      if (taken === null || answer === null) return null;
      const { message, payload } = answer.perceived;
      const status = statusOf(payload['content']);
      const statuses = Object.entries(taken).find(([name]) => name === message)?.[1];
      const isTaken =
        statuses === 'any' || (status !== null && statuses?.includes(status) === true);
      if (isTaken) return null;
      const actual = `${message ?? 'something else'}${status === null ? '' : `, status ${status}`}`;
      return violated({ kind: 'answer', requirement, text: textOf(taken), actual, at: answer.at });
    },
  };
}

/** A call must not be answered as if it had been good. */
export function refuses(requirement: Requirement, which: Which): Expectation {
  const { call } = which;
  const good = { openConnect: 'opened', getKey: 'getKeyAccepted', close: 'closeAccepted' } as const;
  return {
    text: `a refusal of ${call}`,
    check(frames) {
      const answer = answerTo(frames, which);
      const message = call === 'keyMaterial' ? 'keyAccepted' : good[call];
      if (answer?.perceived.message !== message) return null;
      const text = `a refusal of ${call}`;
      return violated({ kind: 'answer', requirement, text, actual: message, at: answer.at });
    },
  };
}

/** All of them, in this order. */
export function all(...expectations: readonly Expectation[]): Expectation {
  return {
    text: expectations.map(({ text }) => text).join(', '),
    check(frames, readings) {
      for (const expectation of expectations) {
        const broken = expectation.check(frames, readings);
        if (broken !== null) return broken;
      }
      return null;
    },
  };
}

/** The answer to a call; `null` where there is none. */
function answerTo(frames: readonly JudgedFrame[], { call, end }: Which): JudgedFrame | null {
  const calls = frames.filter(
    ({ by, perceived: { message, payload } }) =>
      by === 'player' && payload['end'] === end && (message === call || payload['call'] === call),
  );
  const asked = call === 'openConnect' && end === 'a' ? calls[0] : calls.at(-1);
  if (asked === undefined) return null;
  const exchange = exchangeOf(asked);
  return frames.find((one) => one.by === 'peer' && exchangeOf(one) === exchange) ?? null;
}

/** The qos of the first answer that opened a stream. */
export function qosIn(frames: readonly JudgedFrame[]): unknown {
  const opened = frames.find(({ perceived }) => perceived.message === 'opened');
  return member(opened?.perceived.payload['content'], 'qos');
}

function textOf(outcomes: Outcomes): string {
  return Object.entries(outcomes)
    .map(([name, statuses]) =>
      statuses === 'any' ? name : `${name} with status ${statuses.join(' or ')}`,
    )
    .join(', or ');
}

/** One thing that a case found wrong. */
export function violated(found: {
  readonly kind: Violation['kind'];
  readonly requirement: Requirement;
  readonly text: string;
  readonly actual: string;
  readonly at: number;
}): Violation {
  const { kind, requirement, text, actual, at } = found;
  return {
    kind,
    requirement,
    expected: [{ outcome: text, why: requirement.text }],
    actual,
    explanation: `${requirement.text} [${requirement.id}] Expected ${text}, got ${actual}.`,
    at,
  };
}
