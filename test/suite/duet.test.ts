import { describe, expect, it } from 'vitest';
import { settingsFor } from '#src/contract/choose.ts';
import { duet } from '#src/suite/duet.ts';
import { qosst } from '#src/protocols/qosst/index.ts';

const play = (seed: number, signal = new AbortController().signal) =>
  duet({ protocol: qosst, settings: settingsFor(qosst), seed, signal, watch: () => {} });

describe('a session between both reference sides', () => {
  it('ends with DISCONNECTION, and passes with either side as the peer', async () => {
    const { verdicts, traces, messages } = await play(42);
    expect(verdicts['alice']).toMatchObject({ verdict: 'pass' });
    expect(verdicts['bob']).toMatchObject({ verdict: 'pass' });
    expect([...(verdicts['alice']?.coverage.states ?? [])]).toContain('disconnection.ended');
    expect(messages).toBeGreaterThan(30);
    expect(traces['alice']?.events.length).toBe(traces['bob']?.events.length);
  });

  it('is the same for the same seed, byte by byte', async () => {
    const bytes = async (seed: number) =>
      (await play(seed)).traces['alice']?.events.flatMap((event) =>
        'bytes' in event ? [Buffer.from(event.bytes).toString('hex')] : [],
      );
    const first = await bytes(7);
    expect(await bytes(7)).toEqual(first);
    expect(await bytes(8)).not.toEqual(first);
  });

  it('ends at once when it is aborted', async () => {
    const stop = new AbortController();
    const playing = duet({
      protocol: qosst,
      settings: settingsFor(qosst),
      seed: 1,
      signal: stop.signal,
      watch: () => stop.abort(),
    });
    const { verdicts } = await playing;
    expect(verdicts['alice']?.coverage.states.has('disconnection.ended')).toBe(false);
  });
});
