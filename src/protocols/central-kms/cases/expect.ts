import { codeOf } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';

/** The peer must have said such messages, so often at least. */
export function says(requirement: Requirement, message: string, count = 1): Expectation {
  const text = `${message}, ${count} at least`;
  return {
    text,
    check(frames) {
      const said = saidBy(frames, message).length;
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

function saidBy(frames: readonly JudgedFrame[], message: string): readonly JudgedFrame[] {
  return frames.filter(({ by, perceived }) => by === 'peer' && perceived.message === message);
}
