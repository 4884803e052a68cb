import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '#src/base/errors.ts';
import { replayTimes } from '#src/fuzz/replay-times.ts';
import { exhibit, type Care } from '#src/fuzz/target-care.ts';
import { fragile, fragileCommand } from './fragile.ts';
import { never, open, reference, run } from './ground.ts';

describe.concurrent('a target that crashes', { timeout: 300_000 }, () => {
  it('is restarted; the crash is one finding, shrunk, and the campaign goes on', async ({
    expect,
  }) => {
    const profile = await fragile('crash');
    const { state, ending } = await run({ profile, budget: { messages: 2000, ms: 60_000 } });
    expect(state.findings.map(({ kind, times }) => ({ kind, more: times > 1 }))).toEqual([
      { kind: 'crash', more: expect.any(Boolean) },
    ]);
    expect(state.findings[0]).toMatchObject({
      minimalMessages: 1,
      actual: 'the target ended with exit code 1: the reference has fallen',
    });
    expect(state.findings[0]?.steps).toHaveLength(1);
    expect(state.restarts).toBeGreaterThan(0);
    expect(state.health).toBe('well');
    expect(state.messages).toBeGreaterThanOrEqual(2000);
    expect(ending.exitCode).toBe(1);
    const [crash] = state.findings;
    if (crash === undefined) return;
    await using target = await open(profile);
    const replayed = await replayTimes(target, crash, { times: 3, signal: never });
    expect(replayed).toMatchObject({ shown: 3, of: 3 });
  });

  it('is one finding for several workers too: the first to see it goes on alone', async ({
    expect,
  }) => {
    const profile = await fragile('crash');
    const budget = { messages: 2400, ms: 60_000 };
    const { state } = await run({ profile, workers: 2, budget });
    expect(state.findings.filter(({ kind }) => kind === 'crash')).toHaveLength(1);
    expect(state.messages).toBeGreaterThanOrEqual(1200);
  });

  it('and does not come back ends the run with 3, what was found kept', async ({ expect }) => {
    const profile = await fragile('crash');
    const port = profile.target.kind === 'address' ? profile.target.port : 0;
    const child = spawn(fragileCommand(port, 'crash'), { shell: true, stdio: 'ignore' });
    await using _ended = {
      async [Symbol.asyncDispose]() {
        child.kill();
      },
    };
    await reachable(port);
    const { state, ending } = await run({ profile: { ...profile, start: null } });
    expect(ending).toMatchObject({ exitCode: 3 });
    expect(ending.because).toMatch(/did not come back; 1 finding kept/);
    expect(state.health).toBe('gone');
    expect(state.findings[0]).toMatchObject({ kind: 'crash' });
  });
});

describe.concurrent('a target that hangs', { timeout: 300_000 }, () => {
  it('is restarted; silence on a fresh connection too makes it a hang', async ({ expect }) => {
    const profile = await fragile('hang');
    const shrinking = { replays: 0, ms: 0 };
    const { state } = await run({ profile, shrinking, budget: { messages: 1500, ms: 60_000 } });
    expect(state.findings.map(({ kind }) => kind)).toEqual(['hang']);
    expect(state.restarts).toBeGreaterThan(0);
  });
});

describe.concurrent('a target that leaks', { timeout: 300_000 }, () => {
  it('is found by its memory, which was started here', async ({ expect }) => {
    const profile = await fragile('leak');
    const { state } = await run({ profile, budget: { messages: 16_000, ms: 60_000 } });
    expect(state.findings.map(({ kind }) => kind)).toEqual(['leak']);
    expect(state.findings[0]?.actual).toMatch(/memory rose from \d+ to \d+ MiB/);
  });
});

describe('a target that fell unnoticed', () => {
  it('is brought back before the next steps are played', async () => {
    await using target = await open(reference('alice'));
    const steps = [{ do: 'say', message: 'identificationRequest', variant: 0 }] as const;
    let revived = 0;
    const care: Care = {
      ...target.care,
      async revive() {
        revived += 1;
      },
    };
    const link = async (limitMs: number) => {
      if (revived === 0) throw new HarnessError('unreachable', 'nobody is there');
      return target.arena.link(limitMs);
    };
    const ward = { arena: { ...target.arena, link }, care };
    const shown = await exhibit(ward, { steps, seed: 1, falls: false });
    expect(shown).toMatchObject({ taken: 1, violation: null });
    expect(revived).toBe(1);
  });
});

describe('a start command that brings up nothing', () => {
  it('is told at once when it ends', async () => {
    const profile = { ...(await fragile('crash')), start: 'exit 3' };
    await expect(open(profile)).rejects.toThrow(HarnessError);
    await expect(open(profile)).rejects.toThrow(/brought up nothing.*it ended with exit code 3$/);
  });
});

async function reachable(port: number): Promise<void> {
  const { connectTcp } = await import('#src/transport/tcp.ts');
  for (let tries = 0; tries < 100; tries += 1) {
    const link = await connectTcp({ host: '127.0.0.1', port }, 500).catch(() => null);
    await link?.[Symbol.asyncDispose]();
    if (link !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
