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

function saidBy(frames: readonly JudgedFrame[], message: string): readonly JudgedFrame[] {
  return frames.filter(({ by, perceived }) => by === 'peer' && perceived.message === message);
}
