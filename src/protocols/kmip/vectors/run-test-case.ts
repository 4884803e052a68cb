import type { Item } from '../tree.ts';
import { compareMessages } from './compare.ts';
import { filled, learnt, unfilled, type Memory } from './memory.ts';
import type { TestCase } from './read-test-case.ts';

/** What became of one pair. */
export interface PairVerdict {
  /** From 0. */
  readonly index: number;
  /** Empty: as the test case shows it, or in a way that the standard permits. */
  readonly differences: readonly string[];
}

/** What became of a test case. */
export interface CaseVerdict {
  readonly pairs: readonly PairVerdict[];
  /** For the next test case. */
  readonly memory: Memory;
}

/** The next thing to do: send a request, and go on with its response. */
export type Step =
  | {
      readonly kind: 'send';
      readonly request: Item;
      readonly take: (response: Item) => Step;
      /** So far. */
      readonly verdict: CaseVerdict;
    }
  | { readonly kind: 'done'; readonly verdict: CaseVerdict };

/**
 * Runs a test case step by step, whoever sends: each step is a request with all placeholders
 * filled in, and the way on with its response.
 */
export function startTestCase(testCase: TestCase, memory: Memory): Step {
  return stepAt(testCase, { pairs: [], memory });
}

function stepAt(testCase: TestCase, verdict: CaseVerdict): Step {
  const index = verdict.pairs.length;
  const pair = testCase.pairs[index];
  if (pair === undefined) return { kind: 'done', verdict };
  const { memory } = verdict;
  const request = filled(pair.request, memory);
  const missing = unfilled(request).map((name) => `nothing came for ${name}`);
  return {
    kind: 'send',
    request,
    verdict,
    take(response) {
      const { version } = testCase;
      const compared = compareMessages(pair.response, response, {
        memory: learnt(request, response, memory),
        version,
      });
      const differences = [...missing, ...compared.differences];
      const pairs = [...verdict.pairs, { index, differences }];
      return stepAt(testCase, { pairs, memory: compared.memory });
    },
  };
}
