import { describe, expect, it } from 'vitest';
import { killInThreads, type KillCrew } from '#src/bench/kill-crew.ts';
import { spread } from '#src/bench/kill.ts';
import { mutantJob } from './kill-rows.ts';

/** What the threads told of jobs with these names. */
async function told(names: readonly string[], change: Partial<KillCrew> = {}) {
  const messages: string[] = [];
  await killInThreads({
    entry: new URL('./fixtures/odd-worker.ts', import.meta.url),
    jobs: names.map((name) => mutantJob(name)),
    workers: 2,
    limitMs: 20_000,
    signal: new AbortController().signal,
    done: (row) => messages.push(row.kind === 'fault' ? row.message : row.kind),
    ...change,
  });
  return messages.sort();
}

describe('threads', () => {
  it('do every job once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    expect(await told(names)).toEqual(names.map((name) => `${name} is done`));
  });

  it('that throw or end cost their job alone', async () => {
    expect(await told(['throws', 'a', 'ends', 'b'])).toEqual([
      'a is done',
      'b is done',
      'the thread broke: TypeError: it throws',
      'the thread ended with 7',
    ]);
  });

  it('that never answer are ended', async () => {
    const limited = { limitMs: 1000, workers: 1 };
    expect(await told(['never-answers'], limited)).toEqual(['it took longer than 1 s']);
  });

  it('end when they are interrupted, whatever they do', async () => {
    const stop = new AbortController();
    const going = told(['a', 'never-answers', 'b'], {
      workers: 1,
      signal: stop.signal,
      done: () => stop.abort(),
    });
    expect(await going).toEqual([]);
  });
});

describe('a sample', () => {
  it('is spread over the list, and is the list where that is no longer', () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
    expect(spread([0, 1], 4)).toEqual([0, 1]);
    expect(spread([0, 1], 0)).toEqual([]);
  });
});
