import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { answer } from '#src/protocols/kmip/operations/message/answer.ts';
import { newServer } from '#src/protocols/kmip/operations/model/server.ts';
import { newMemory, nextCase } from '#src/protocols/kmip/vectors/memory.ts';
import { readTestCase } from '#src/protocols/kmip/vectors/read-test-case.ts';
import { runFiles, type TestCaseFile } from '#src/protocols/kmip/vectors/run-files.ts';
import { startTestCase } from '#src/protocols/kmip/vectors/run-test-case.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import { inOne, isOfOne } from './in-one.ts';

const folder = new URL('../../../../../shared/data/kmip/oasis-2.1/', import.meta.url);
const now = 1_800_000_000n;

/** PKCS #11 is not spoken here; and a seed is used in one of three ways, or not at all. */
const failing = ['CS-RNG-O-2-21.xml', 'CS-RNG-O-4-21.xml', 'PKCS11-M-1-21.xml'];

function files(): readonly TestCaseFile[] {
  return ['mandatory', 'optional'].flatMap((part) =>
    readdirSync(new URL(`${part}/`, folder)).map((name) => ({
      name,
      text: readFileSync(new URL(`${part}/${name}`, folder), 'utf8'),
    })),
  );
}

function server(): (request: Item) => Item {
  const state = newServer();
  const random = seededRandom(3);
  return (request) => answer(request, state, { now, random });
}

describe.skipIf(!existsSync(folder))('the OASIS test cases of KMIP 2.1', () => {
  it('are all answered as they show, but for three that cannot be', async () => {
    const failed: string[] = [];
    let count = 0;
    for await (const verdict of runFiles(files(), { exchange: server(), now: () => now })) {
      count += 1;
      expect(verdict.broken).toBeNull();
      expect(verdict.problems).toEqual([]);
      if (!verdict.passed) failed.push(verdict.name);
    }
    expect(count).toBe(70);
    expect(failed.sort()).toEqual(failing);
  });

  it('are answered alike where KMIP 1.4 says them', () => {
    const exchange = server();
    let memory = newMemory;
    const wrong = new Set<string>();
    const ordered = files().toSorted((left, right) => (left.name < right.name ? -1 : 1));
    for (const { name, text } of ordered) {
      const { pairs, problems } = readTestCase(text, now);
      const inVersion = pairs
        .filter(({ request }) => isOfOne(request))
        .map(({ request, response }) => ({ request: inOne(request), response: inOne(response) }));
      const testCase = { version: '1.4', problems, pairs: inVersion } as const;
      let step = startTestCase(testCase, nextCase(memory));
      while (step.kind === 'send') step = step.take(exchange(step.request));
      memory = step.verdict.memory;
      if (step.verdict.pairs.some(({ differences }) => differences.length > 0)) wrong.add(name);
    }
    // Quantum safety is of 2.x.
    expect([...wrong].sort()).toEqual([...failing.slice(0, 2), 'QS-M-2-21.xml']);
  });
});
