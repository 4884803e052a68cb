import { all, field, itemsOf } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import type { Violation } from '#src/contract/verdict.ts';

const named = ['UniqueIdentifier', 'PrivateKeyUniqueIdentifier', 'PublicKeyUniqueIdentifier'];

/** Every text that a request names an object by. */
function identifiersIn({ perceived }: JudgedFrame): readonly unknown[] {
  return itemsOf(perceived.payload['content']).flatMap((item) =>
    named.flatMap((name) => all(field(item, 'RequestPayload'), name)),
  );
}

/** The client must never name an object so: it was told of none. */
export function neverNames(identifier: string, requirement: Requirement): Expectation {
  return {
    text: `no request about '${identifier}'`,
    check(frames) {
      const used = frames.find(
        (frame) => frame.by === 'peer' && identifiersIn(frame).includes(identifier),
      );
      if (used === undefined) return null;
      const actual = `a request about '${identifier}', which was not made`;
      return violation(requirement, { at: used.at, expected: this.text, actual });
    },
  };
}

/** The client says as much to a server that departs as to the one before. */
export function saysAsMuch(requirement: Requirement): Expectation {
  return {
    text: 'as many requests as before',
    check(frames) {
      const said = (session: number) =>
        frames.filter((frame) => frame.by === 'peer' && frame.session === session);
      const [before, after] = [said(0), said(1)];
      const answered = frames.some(({ by, session }) => by === 'player' && session === 1);
      if (!answered || after.length >= before.length) return null;
      const at = after.at(-1)?.at ?? 0;
      const actual = `${after.length} requests instead of ${before.length}`;
      return violation(requirement, { at, expected: this.text, actual });
    },
  };
}

function violation(
  requirement: Requirement,
  { at, expected, actual }: { at: number; expected: string; actual: string },
): Violation {
  return {
    kind: 'content',
    requirement,
    expected: [{ outcome: expected, why: requirement.text }],
    actual,
    explanation: `${requirement.text} [${requirement.id}] There was ${actual}.`,
    at,
  };
}
