import type { Item, Version } from '../tree.ts';
import { newMemory, nextCase } from './memory.ts';
import { readTestCase } from './read-test-case.ts';
import { startTestCase, type CaseVerdict, type PairVerdict, type Step } from './run-test-case.ts';

/** A file of test cases: its name, and the XML in it. */
export interface TestCaseFile {
  readonly name: string;
  readonly text: string;
}

/** What became of a file. */
export interface FileVerdict {
  readonly name: string;
  /** What of it could not be read: it is run all the same, as far as it could. */
  readonly problems: readonly string[];
  /** As far as it came. */
  readonly pairs: readonly PairVerdict[];
  /** Why it came no further: nobody answered. */
  readonly broken: string | null;
  readonly passed: boolean;
}

/** Whom the requests go to, and the time by which `$NOW` is filled in. */
export interface Peer {
  /** Rejects where no response comes. */
  readonly exchange: (request: Item, version: Version) => Promise<Item> | Item;
  /** Seconds since 1970. */
  readonly now: () => bigint;
}

/**
 * Runs files of test cases one after another, each as soon as the one before is done: some cases
 * use the objects that another one left.
 */
export async function* runFiles(
  files: readonly TestCaseFile[],
  peer: Peer,
): AsyncGenerator<FileVerdict> {
  let memory = newMemory;
  for (const { name, text } of inOrder(files)) {
    const testCase = readTestCase(text, peer.now());
    const ran = await runSteps(startTestCase(testCase, nextCase(memory)), {
      version: testCase.version,
      peer,
    });
    memory = ran.verdict.memory;
    const { problems } = testCase;
    const { pairs } = ran.verdict;
    const isRight = pairs.every(({ differences }) => differences.length === 0);
    const isWhole = pairs.length === testCase.pairs.length && pairs.length > 0;
    const passed = problems.length === 0 && isWhole && isRight;
    yield { name, problems, pairs, broken: ran.broken, passed };
  }
}

/** By their names as people count: `TL-M-2` is before `TL-M-10`. */
function inOrder(files: readonly TestCaseFile[]): readonly TestCaseFile[] {
  return files.toSorted((left, right) =>
    left.name.localeCompare(right.name, 'en', { numeric: true }),
  );
}

interface Run {
  readonly version: Version;
  readonly peer: Peer;
}

/** What became of a test case, and why it came no further. */
interface Ran {
  readonly verdict: CaseVerdict;
  readonly broken: string | null;
}

async function runSteps(first: Step, { version, peer }: Run): Promise<Ran> {
  let step = first;
  while (step.kind === 'send') {
    const response = await responseTo(step.request, { version, peer });
    if (typeof response === 'string') return { verdict: step.verdict, broken: response };
    step = step.take(response);
  }
  return { verdict: step.verdict, broken: null };
}

async function responseTo(request: Item, { version, peer }: Run): Promise<Item | string> {
  try {
    return await peer.exchange(request, version);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
