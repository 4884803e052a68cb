import { member, requirements, statusOf, type MessageName } from '#models/etsi-004/index.ts';
import type { Readings, Requirement } from '#models/language/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { answersIn } from '../audits/audit.ts';
import { idIn } from '../deliveries.ts';

/** Pushes of one key after which its refusal is no flow control any more. */
const mostPushes = 3;
/** Close may still be under way when a KMS that has had keys refuses the next one, ms. */
const underWayMs = 250;
const largestIndex = 2 ** 32 - 1;

/** What a demand depends on. */
export interface Terms {
  /** What is broken otherwise. */
  readonly requirement?: Requirement;
  /** Readings under each of which nothing is demanded. */
  readonly unless?: Readings;
}

/**
 * The KMS must take the good keys that it asked for, each at least once where it was pushed
 * several times. What it closes meanwhile it need not take.
 */
export function takesKeys({ requirement = requirements.keyTaken, unless = {} }: Terms = {}) {
  const text = 'every good key is accepted';
  return {
    text,
    check(frames, readings) {
      if (isExcused(unless, readings)) return null;
      const isSlowed = readings['backPressure'] === 'refusal';
      const refused = keysIn(frames).find(
        ({ accepted, tries, excuses }) =>
          accepted === 0 && (tries >= mostPushes || !isSlowed) && !isExcused(excuses, readings),
      );
      if (refused === undefined) return null;
      const actual = `the key of index ${refused.index} was refused ${refused.tries} times`;
      return violation({ requirement, text, actual, at: refused.at, kind: 'answer' });
    },
  } satisfies Expectation;
}

function isExcused(unless: Readings, readings: Readings): boolean {
  return Object.entries(unless).some(([key, reading]) => readings[key] === reading);
}

interface Tried {
  readonly index: number;
  readonly at: number;
  /** Readings under which its index may be refused. */
  readonly excuses: Readings;
  accepted: number;
  tries: number;
}

/** What became of each good key of ours whose stream the KMS had not closed yet. */
function keysIn(frames: readonly JudgedFrame[]): readonly Tried[] {
  const keys = new Map<string, Tried>();
  const last = new Map<string, number>();
  for (const { answer, call, at } of answersIn(frames)) {
    if (call === null || call.perceived.message !== 'keyMaterial') continue;
    const { flaws, payload } = call.perceived;
    if (flaws.length > 0 || statusOf(payload['content']) !== 0) continue;
    const index = Number(member(payload['content'], 'index'));
    const stream = [call.session, payload['end'], idIn(call)].join('/');
    const graceMs = last.has(stream) ? underWayMs : 0;
    if (isClosedBefore(frames, call, answer.atMs + graceMs)) continue;
    const name = `${stream}/${index}`;
    const excuses = excusesOf(index, last.get(stream) ?? null);
    const key = keys.get(name) ?? { index, at, excuses, accepted: 0, tries: 0 };
    key.tries += 1;
    if (answer.perceived.message === 'keyAccepted') {
      key.accepted += 1;
      last.set(stream, index);
    }
    keys.set(name, key);
  }
  return [...keys.values()];
}

/** What may be held against an index, behind that of the key that was accepted last. */
function excusesOf(index: number, last: number | null): Readings {
  if (last === null) return index === 0 ? {} : { firstIndex: 'zero', indexGaps: 'none' };
  if (index === 0 && last === largestIndex) return { indexWrap: 'ends' };
  return index === last + 1 ? {} : { indexGaps: 'none' };
}

/** Whether the KMS asked for the end of a stream by then. */
function isClosedBefore(
  frames: readonly JudgedFrame[],
  push: JudgedFrame,
  untilMs: number,
): boolean {
  return frames.some(
    (frame) =>
      frame.by === 'peer' &&
      frame.atMs <= untilMs &&
      frame.perceived.message === 'close' &&
      frame.session === push.session &&
      frame.perceived.payload['end'] === push.perceived.payload['end'] &&
      idIn(frame) === idIn(push),
  );
}

/** The KMS must go on with a stream after our first good answer of this name. */
export function goesOn(
  answer: MessageName,
  { requirement = requirements.formsUnderstood, unless = {} }: Terms = {},
): Expectation {
  const text = 'the KMS goes on with the stream';
  return {
    text,
    check(frames, readings) {
      if (isExcused(unless, readings)) return null;
      const from = frames.findIndex(
        ({ by, perceived }) => by === 'player' && perceived.message === answer,
      );
      const said = frames[from];
      if (said === undefined || said.perceived.flaws.length > 0) return null;
      const later = frames.slice(from + 1).filter(({ by }) => by === 'peer');
      const isUsed = later.some(
        (frame) =>
          ['openConnect', 'getKey'].includes(frame.perceived.message ?? '') &&
          idIn(frame) === idIn(said),
      );
      if (isUsed) return null;
      const actual = later[0]?.perceived.message ?? 'nothing';
      return violation({ requirement, text, actual, at: said.at, kind: 'silence' });
    },
  };
}

function violation({
  requirement,
  text,
  actual,
  at,
  kind,
}: {
  readonly requirement: Requirement;
  readonly text: string;
  readonly actual: string;
  readonly at: number;
  readonly kind: Violation['kind'];
}): Violation {
  return {
    kind,
    requirement,
    expected: [{ outcome: text, why: requirement.text }],
    actual,
    explanation: `${requirement.text} [${requirement.id}] What was seen: ${actual}.`,
    at,
  };
}
