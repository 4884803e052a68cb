import { expect, it, describe } from 'vitest';
import { recordLaps } from '#src/bench/speed-laps.ts';
import { proxyOutcomes } from '#src/bench/speed-proxy.ts';
import { recordSession } from '#src/bench/speed-recording.ts';
import { exchangesAt, runsOf } from '#src/bench/speed-runs.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { qosst } from '#src/protocols/qosst/index.ts';

const { signal } = new AbortController();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('the session that a proxy is measured by', () => {
  it('lies on the connection of each end where it has two, call by call', async () => {
    const { exchanges } = await recordLaps(await recordSession(etsi004, signal), 2);
    const laps = exchanges.map((lap) => runsOf(lap, true));
    expect(laps.map((runs) => runs.map(({ end }) => end))).toEqual([
      [0, 1, 0, 1],
      [0, 1, 0, 1],
    ]);
    const [opened, closed] = exchangesAt(1, laps[1] ?? []);
    expect(text(opened?.sent ?? new Uint8Array())).toMatch(/^POST \/[^]*"key_stream_id"/);
    expect(text(closed?.received ?? new Uint8Array())).toMatch(/^HTTP\/1\.1 20\d /);
  });

  it('lies on one connection as it is where it has one', async () => {
    const { exchanges } = await recordLaps(await recordSession(qosst, signal), 1);
    const lap = exchanges[0] ?? [];
    expect(runsOf(lap, false)).toEqual([{ end: 0, exchanges: lap }]);
  });
});

describe('the proxy', () => {
  it('is measured against a bare relay at both ends of a link, too', async () => {
    const recording = await recordSession(etsi004, signal);
    const judges = new URL('../../src/cli/proxy-worker.ts', import.meta.url);
    const outcomes = await proxyOutcomes(recording, { judges, signal });
    expect(outcomes).toMatchObject([
      { what: 'messages through the proxy', reach: { least: 0.5 } },
      { what: 'the same until both sides are judged', reach: null },
    ]);
    for (const { ratio } of outcomes) expect(ratio).toBeGreaterThan(0);
  });
});
