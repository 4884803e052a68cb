import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Step } from '#src/contract/fuzz.ts';
import type { Profile } from '#src/contract/target.ts';
import { died } from '#src/fuzz/client-death.ts';
import { replayTimes } from '#src/fuzz/replay-times.ts';
import { exhibit } from '#src/fuzz/target-care.ts';
import { never, open, reference } from './ground.ts';

const client = fileURLToPath(new URL('./fixtures/fragile-client.ts', import.meta.url));

/** A Bob who is started for each session, and cannot read what follows. */
function fragileBob(way: string): Profile {
  const command = `exec '${process.execPath}' '${client}' {port} ${way}`;
  return { ...reference('bob'), target: { kind: 'command', command }, replyMs: 2000 };
}

const unreadable: Step = {
  do: 'say',
  message: 'identificationResponse',
  variant: 0,
  deviation: { level: 'frame', op: 'headerComma', dice: [] },
};
/** Before he is identified he may leave as he likes, from then on not without a word. */
const early: readonly Step[] = [unreadable];
const late: readonly Step[] = [
  { do: 'say', message: 'identificationResponse', variant: 0 },
  { ...unreadable, message: 'initializationAccepted' },
];

/** What such a Bob makes of it. */
async function shown(way: string, steps: readonly Step[]) {
  await using target = await open(fragileBob(way));
  return await exhibit(target, { steps, seed: 1, falls: false });
}

describe('a client that is started for each session', { timeout: 240_000 }, () => {
  it.each([
    ['a fault', early, 'throw', 'the target ended with exit code 1: TypeError: cannot read this'],
    ['a signal', early, 'signal', 'the target ended with signal SIGSEGV'],
    ['an error', late, 'error', 'the target ended with exit code 3: the session failed'],
  ])('has crashed that ends by %s: how is told', async (_, steps, way, told) => {
    const { violation, signature } = await shown(way, steps);
    expect(violation).toMatchObject({ kind: 'crash', actual: told });
    expect(violation?.explanation).toContain(told);
    expect(signature).toMatch(/\|crash\|/);
  });

  it.each([
    ['quits with success', early, 'quit'],
    ['quits with success where it must not', late, 'quit'],
    ['tells by its exit code that the session failed', early, 'error'],
    ['goes on', early, 'well'],
  ])('has not crashed that %s', async (_, steps, way) => {
    const { violation } = await shown(way, steps);
    expect(violation?.kind).not.toBe('crash');
  });

  it('shows its crash again', async () => {
    await using target = await open(fragileBob('throw'));
    const { violation, signature } = await exhibit(target, { steps: early, seed: 1, falls: false });
    const found = {
      id: signature ?? '',
      requirement: violation?.requirement.id ?? '',
      kind: 'crash',
      steps: early,
      sessionSeed: 1,
    };
    const replayed = await replayTimes(target, found, { times: 3, signal: never });
    expect(replayed).toMatchObject({ shown: 3, of: 3 });
  });
});

describe('how a client ended', () => {
  const exit = { code: 1, signal: null, lastWords: '' };
  // prettier-ignore
  it.each<readonly [string, Parameters<typeof died>, boolean]>([
    ['with success', [{ ...exit, code: 0 }, { hadLeave: false }], false],
    ['with an error where it might leave', [exit, { hadLeave: true }], false],
    ['with an error where it might not', [exit, { hadLeave: false }], true],
    ['by a signal', [{ ...exit, code: null, signal: 'SIGSEGV' }, { hadLeave: true }], true],
    ['of a fault in Python', [{ ...exit, lastWords: 'x\nTraceback (most recent call last):\n  File\nKeyError: 1\n' }, { hadLeave: true }], true],
    ['of a fault in Node', [{ ...exit, lastWords: 'TypeError: x\n    at y\n\nNode.js v24.21.0\n' }, { hadLeave: true }], true],
    ['of a fault in Go', [{ ...exit, code: 2, lastWords: 'panic: runtime error\n\ngoroutine 1' }, { hadLeave: true }], true],
    ['of a fault in Rust', [{ ...exit, code: 101, lastWords: "thread 'main' panicked at src/main.rs:2:5:\n" }, { hadLeave: true }], true],
  ])('%s', (_, [how, leave], crash) => expect(died(how, leave)).toBe(crash));
});
