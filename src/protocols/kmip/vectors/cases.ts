import {
  isFields,
  itemsOf,
  keyOf,
  requirements,
  textAt,
  type Fields,
  type MessageName,
} from '#models/kmip/index.ts';
import type { Expectation, JudgedFrame } from '#src/contract/case.ts';
import type { KmipCase, KmipPlayer } from '../cases/case.ts';
import { contentOf, messageOf } from '../content.ts';
import { registryFor } from '../registry-for.ts';
import { tags } from '../registry/tags.ts';
import type { Item } from '../tree.ts';
import { newMemory } from './memory.ts';
import { readTestCase, type TestCase } from './read-test-case.ts';
import type { TestCaseFile } from './run-files.ts';
import { startTestCase, type Step } from './run-test-case.ts';

/**
 * OASIS test cases as cases of ours: a file each. The requests are said one after another with their
 * placeholders filled in, and the responses compared with those shown, but for the variations that
 * the standard permits.
 * @param now seconds since 1970, for `$NOW`
 */
export function vectorCases(files: readonly TestCaseFile[], now: bigint): readonly KmipCase[] {
  return files.map(({ name, text }) => {
    const testCase = readTestCase(text, now);
    return {
      id: `kmip/vectors/${name.replace(/\.xml$/i, '').toLowerCase()}`,
      title: `The server answers the OASIS test case ${name} as it shows`,
      covers: [requirements.testCasesAnswered],
      against: 'server',
      play: (player) => play(player, testCase),
      expect: asShown(testCase),
    };
  });
}

/** Says each request once the response to the one before it came. */
async function play(player: KmipPlayer, testCase: TestCase): Promise<void> {
  let step: Step = startTestCase(testCase, newMemory);
  while (step.kind === 'send') {
    const { request, version } = { ...step, version: testCase.version };
    const content = request.type === 'Structure' ? contentOf(request, version) : {};
    const heard = await player.say(nameOf(content), { content });
    const response = heard?.kind === 'frame' ? treeOf(heard.perceived.payload['content']) : null;
    if (response === null) return;
    step = step.take(response);
  }
}

/** A request by the operation of its only item. */
function nameOf(content: Fields): MessageName {
  const items = itemsOf(content);
  if (items.length !== 1) return 'batch';
  return keyOf(textAt(items[0], 'Operation')) ?? 'otherRequest';
}

function treeOf(content: unknown): Item | null {
  if (!isFields(content) || !('ResponseHeader' in content)) return null;
  return messageOf(tags.ResponseMessage, content, registryFor(content));
}

/** The responses of a trace against those of the test case. */
function asShown(testCase: TestCase): Expectation {
  const { testCasesAnswered: requirement } = requirements;
  const text = 'each response as the test case shows it, but for permitted variations';
  return {
    text,
    check(frames) {
      const found = differenceIn(frames, testCase);
      if (found === null) return null;
      return {
        kind: 'answer',
        requirement,
        expected: [{ outcome: text, why: requirement.text }],
        actual: found.detail,
        explanation: `${requirement.text} [${requirement.id}] ${found.detail}`,
        at: found.at,
      };
    },
  };
}

function differenceIn(
  frames: readonly JudgedFrame[],
  testCase: TestCase,
): { readonly detail: string; readonly at: number } | null {
  const [problem] = testCase.problems;
  const last = frames.at(-1)?.at ?? 0;
  if (problem !== undefined)
    return { detail: `the test case cannot be read: ${problem}`, at: last };
  let step: Step = startTestCase(testCase, newMemory);
  for (const { by, perceived, at } of frames) {
    if (by !== 'peer' || step.kind !== 'send') continue;
    const response = treeOf(perceived.payload['content']);
    if (response === null) break;
    step = step.take(response);
    const pair = step.verdict.pairs.at(-1);
    const [difference] = pair?.differences ?? [];
    if (pair !== undefined && difference !== undefined) {
      return { detail: `response ${pair.index + 1}: ${difference}`, at };
    }
  }
  if (step.kind === 'done') return null;
  const { length } = testCase.pairs;
  const detail = `${step.verdict.pairs.length} of ${length} responses came`;
  return { detail, at: last };
}
