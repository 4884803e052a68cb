import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Clock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { ClientWait, TimeIsUp } from '#src/fuzz/client-wait.ts';
import { freePort } from './fragile.ts';
import { reference, run } from './ground.ts';

/** A clock that is put forward by hand. */
function handClock() {
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, sleep: async () => {}, after: () => () => {} };
  const limits: number[] = [];
  return {
    clock,
    limits,
    /** A client that takes so long, where it is awaited for so long. */
    client: (tookMs: number) => async (limitMs: number) => {
      limits.push(limitMs);
      nowMs += Math.min(tookMs, limitMs);
      if (tookMs > limitMs) throw new HarnessError('unreachable', 'no client came');
      return 'here';
    },
  };
}

describe('waiting for a client', () => {
  it('takes as long as an interpreter may take to start', async () => {
    const { clock, client, limits } = handClock();
    const wait = new ClientWait(clock, { started: true });
    expect(await wait.wait(client(600), 500)).toBe('here');
    expect(await wait.wait(client(600), 500)).toBe('here');
    expect(limits).toEqual([30_000, 30_000]);
    await expect(wait.wait(client(40_000), 500)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('ends with the time of the campaign, or ten times what the slowest took', async () => {
    const { clock, client, limits } = handClock();
    const wait = new ClientWait(clock, { started: true });
    await wait.wait(client(200), 500);
    wait.until(5200);
    await wait.wait(client(200), 500);
    await expect(wait.wait(client(40_000), 500)).rejects.toThrow(TimeIsUp);
    await expect(wait.wait(client(40_000), 500)).rejects.toThrow(TimeIsUp);
    expect(limits).toEqual([30_000, 5000, 4800, 2000]);
  });

  it('ends with the time where nobody was started', async () => {
    const { clock, client, limits } = handClock();
    const wait = new ClientWait(clock, { started: false });
    await wait.wait(client(20_000), 500);
    wait.until(21_000);
    await expect(wait.wait(client(40_000), 500)).rejects.toThrow(TimeIsUp);
    await expect(wait.wait(client(40_000), 500)).rejects.toThrow(TimeIsUp);
    expect(limits).toEqual([30_000, 1000, 500]);
  });

  it('is a fault of the client before the time is over', async () => {
    const { clock, client } = handClock();
    const wait = new ClientWait(clock, { started: false });
    wait.until(60_000);
    await expect(wait.wait(client(40_000), 500)).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('a client that comes once and never again', () => {
  it('ends the campaign with its time, and with what it found', { timeout: 240_000 }, async () => {
    const port = await freePort();
    const fixture = fileURLToPath(new URL('./fixtures/fragile-client.ts', import.meta.url));
    const again = `for n in 1 2 3 4; do '${process.execPath}' '${fixture}' ${port} late; done`;
    const clients = spawn(again, { shell: true, stdio: 'ignore', detached: true });
    await using _ended = {
      async [Symbol.asyncDispose]() {
        if (clients.pid !== undefined && clients.exitCode === null) process.kill(-clients.pid);
      },
    };
    const target = { kind: 'listen', host: '127.0.0.1', port } as const;
    const budget = { messages: 1_000_000, ms: 6000 };
    const { state, ending } = await run({ profile: { ...reference('bob'), target }, budget });
    expect(ending.because).toMatch(/^nothing wrong in \d+ messages$/);
    expect(ending.exitCode).toBe(0);
    expect(state.health).toBe('well');
  });
});
