import { codeOf, kmsCodes } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';

/** The peer must have said such messages, so often at least. */
export function says(requirement: Requirement, message: string, count = 1): Expectation {
  return saysSo(requirement, { message, count, holds: (frame) => isSaid(frame, message) });
}

/**
 * The KMS must have stored so many batches: one that it knows from an earlier run of the same seed
 * it may refuse, with a code of its own.
 */
export function stores(requirement: Requirement, count: number): Expectation {
  const isKnown = (frame: JudgedFrame) => {
    const code = codeOf(frame.perceived.payload['content']);
    return isSaid(frame, 'kmsError') && code !== null && !isReserved(code);
  };
  const holds = (frame: JudgedFrame) => isSaid(frame, 'batchStored') || isKnown(frame);
  return saysSo(requirement, { message: 'batchStored', count, holds });
}

/**
 * The KMS must have registered a sidecar; the id of one that it knows from an earlier run of the
 * same seed it may refuse.
 */
export function registers(requirement: Requirement): Expectation {
  const holds = (frame: JudgedFrame) => {
    const isKnown = codeOf(frame.perceived.payload['content']) === kmsCodes.sidecarExists;
    return isSaid(frame, 'registered') || (isSaid(frame, 'kmsError') && isKnown);
  };
  return saysSo(requirement, { message: 'registered', count: 1, holds });
}

/** @see JSON-RPC 2.0, Error object */
function isReserved(code: number): boolean {
  return code >= -32768 && code <= -32000;
}

interface Wanted {
  readonly message: string;
  readonly count: number;
  readonly holds: (frame: JudgedFrame) => boolean;
}

function saysSo(requirement: Requirement, { message, count, holds }: Wanted): Expectation {
  const text = `${message}, ${count} at least`;
  return {
    text,
    check(frames) {
      const said = frames.filter(holds).length;
      if (said >= count) return null;
      const actual = `${said} of ${count} ${message}`;
      return {
        kind: 'silence',
        requirement,
        expected: [{ outcome: text, why: requirement.text }],
        actual,
        explanation: `${requirement.text} [${requirement.id}] There were ${actual}.`,
        at: frames.at(-1)?.at ?? 0,
      };
    },
  };
}

/** The peer must not have said such a message. */
export function never(requirement: Requirement, message: string): Expectation {
  const text = `no ${message}`;
  return {
    text,
    check(frames) {
      const [said] = saidBy(frames, message);
      if (said === undefined) return null;
      return {
        kind: 'answer',
        requirement,
        expected: [{ outcome: text, why: requirement.text }],
        actual: message,
        explanation: `${requirement.text} [${requirement.id}] There was ${message}.`,
        at: said.at,
      };
    },
  };
}

/** The peer must not say such a message more often than this. */
export function saysOnly(requirement: Requirement, message: string, most: number): Expectation {
  const text = `${message}, ${most} at most`;
  return {
    text,
    check(frames) {
      const beyond = saidBy(frames, message)[most];
      if (beyond === undefined) return null;
      return {
        kind: 'answer',
        requirement,
        expected: [{ outcome: text, why: requirement.text }],
        actual: message,
        explanation: `${requirement.text} [${requirement.id}] There was one more ${message}.`,
        at: beyond.at,
      };
    },
  };
}

/** Whatever the peer refuses, it refuses with such a code. */
export function errorsAre(requirement: Requirement, code: number): Expectation {
  const text = `no error but ${code}`;
  return {
    text,
    check(frames) {
      const other = saidBy(frames, 'kmsError').find(({ perceived }) => {
        return codeOf(perceived.payload['content']) !== code;
      });
      if (other === undefined) return null;
      const actual = `error ${codeOf(other.perceived.payload['content']) ?? 'without code'}`;
      return {
        kind: 'answer',
        requirement,
        expected: [{ outcome: text, why: requirement.text }],
        actual,
        explanation: `${requirement.text} [${requirement.id}] There was ${actual}.`,
        at: other.at,
      };
    },
  };
}

/** Several expectations at once. */
export function all(...expectations: readonly Expectation[]): Expectation {
  return {
    text: expectations.map(({ text }) => text).join('; '),
    check(frames, readings) {
      for (const one of expectations) {
        const violation = one.check(frames, readings);
        if (violation !== null) return violation;
      }
      return null;
    },
  };
}

function saidBy(frames: readonly JudgedFrame[], message: string): readonly JudgedFrame[] {
  return frames.filter((frame) => isSaid(frame, message));
}

function isSaid({ by, perceived }: JudgedFrame, message: string): boolean {
  return by === 'peer' && perceived.message === message;
}
