import type { Requirement } from '#models/language/index.ts';
import { messages, qosstModel, type MessageName } from '#models/qosst/index.ts';
import type { Case, CasePlayer, Expectation } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';

/** How a case of QOSST speaks. */
export type QosstPlayer = CasePlayer<QosstBend>;
/** One conformance check of QOSST, before its id has the protocol's name. */
export interface QosstCase extends Omit<Case<QosstBend>, 'id'> {
  /** `<topic>/<name>`: stable, never positional, never reused. */
  readonly id: string;
  readonly against: 'alice' | 'bob';
}

/** Makes a case of one row. */
export function qosstCase(row: QosstCase): Case<QosstBend> {
  return { ...row, id: `${qosstModel.protocol}/${row.id}` };
}

/** The side under test must say one of these messages first, once the case has begun to bend. */
export function replies(
  requirement: Requirement,
  ...expected: readonly MessageName[]
): Expectation {
  const text = expected.map((name) => `${messages[name].wireName} (${messages[name].code})`);
  return {
    text: text.join(' or '),
    check(frames) {
      const bent = frames.findLastIndex(
        ({ by, perceived }) => by === 'player' && perceived.flaws.length > 0,
      );
      const answer = frames.find(({ by }, index) => index > bent && by === 'peer');
      if (bent === -1 || answer === undefined) return null;
      const { message } = answer.perceived;
      if (expected.some((name) => name === message)) return null;
      const actual = message ?? 'an unreadable frame';
      return {
        kind: 'answer',
        requirement,
        expected: text.map((outcome) => ({ outcome, why: requirement.text })),
        actual,
        explanation: `${requirement.text} [${requirement.id}] The answer was ${actual}.`,
        at: answer.at,
      };
    },
  };
}
