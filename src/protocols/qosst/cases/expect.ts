import type { Requirement } from '#models/language/index.ts';
import { messages, type MessageName } from '#models/qosst/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import type { Violation } from '#src/contract/verdict.ts';

/** Each answer to a message must be one of these, where the model would allow others as well. */
export function answersTo(
  requirement: Requirement,
  message: MessageName,
  expected: readonly MessageName[],
): Expectation {
  const names = expected.map((name) => `${messages[name].wireName} (${messages[name].code})`);
  return {
    text: names.join(' or '),
    check(frames) {
      const wrong = frames.find(
        (frame, index) =>
          frame.by === 'peer' &&
          frames[index - 1]?.perceived.message === message &&
          !expected.some((name) => name === frame.perceived.message),
      );
      return wrong === undefined ? null : violated(requirement, wrong, names);
    },
  };
}

function violated(
  requirement: Requirement,
  { perceived, at }: JudgedFrame,
  outcomes: readonly string[],
): Violation {
  const actual = perceived.message ?? 'an unreadable frame';
  return {
    kind: 'answer',
    requirement,
    expected: outcomes.map((outcome) => ({ outcome, why: requirement.text })),
    actual,
    explanation: `${requirement.text} [${requirement.id}] The answer was ${actual}.`,
    at,
  };
}
