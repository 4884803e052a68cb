import { describe, expect, it } from 'vitest';
import { arenaOf, openWalker, walk } from '#src/bench/speed-arena.ts';
import { bareClient, bareServer } from '#src/bench/speed-bare.ts';
import { contend, isReached, lapped, type Contest } from '#src/bench/speed-contest.ts';
import { inProcessContests } from '#src/bench/speed-in-process.ts';
import { recordLaps } from '#src/bench/speed-laps.ts';
import { headingLine, outcomeLine } from '#src/bench/speed-lines.ts';
import { recordSession } from '#src/bench/speed-recording.ts';
import { protocols } from '#src/protocols/index.ts';
import { connectTcp } from '#src/transport/tcp.ts';

const rounds = (...speeds: readonly number[]) => {
  const left = [...speeds];
  return async () => left.shift() ?? 0;
};
const contest: Contest = {
  what: 'ours',
  against: 'theirs',
  reach: { least: 2 },
  ours: rounds(1000, 10, 90, 30),
  theirs: rounds(10, 10, 10, 10),
};

describe('a contest', () => {
  it('tells the median of its rounds, but for those before it was warm', async () => {
    const { ratio, perSecond } = await contend(contest, { rounds: 3, warmUps: 1 });
    expect({ ratio, perSecond }).toEqual({ ratio: 3, perSecond: 30 });
  });

  it.each([
    [{ least: 2 }, 2, true],
    [{ least: 2 }, 1.99, false],
    [{ most: 1.1 }, 1.1, true],
    [{ most: 1.1 }, 1.2, false],
    [{ most: 1.1 }, Number.NaN, false],
    [null, 0, true],
  ] as const)('with the bounds %o is reached at %d: %s', (reach, ratio, reached) =>
    expect(isReached({ reach, ratio })).toBe(reached),
  );

  it('has so many laps as it is told, one after the other', async () => {
    const laps: string[] = [];
    const lap = async () => {
      laps.push('begins');
      await Promise.resolve();
      laps.push('ends');
    };
    await lapped(2, 1, lap);
    expect(laps).toEqual(['begins', 'ends', 'begins', 'ends']);
  });
});

describe('a line', () => {
  const outcome = { what: 'ours', against: 'theirs', ratio: 1.234, perSecond: 1234.5 };

  it.each([
    [{ ...outcome, reach: { least: 1 } }, '1.23 | >= 1 | yes | 1,235'],
    [{ ...outcome, reach: { most: 1 } }, '1.23 | <= 1 | NO | 1,235'],
    [{ ...outcome, reach: null, perSecond: null }, '1.23 | - | - | -'],
  ])('of %o says %s', (told, cells) =>
    expect(outcomeLine(told).replaceAll(/ +/g, ' ')).toBe(`ours | theirs | ${cells}`),
  );

  it('stands below its heading', () => {
    const bars = (line: string) => [...line.matchAll(/\|/g)].map(({ index }) => index);
    expect(bars(outcomeLine({ ...outcome, reach: null }))).toEqual(bars(headingLine));
  });
});

describe.each(protocols)('a recorded session of $name', (protocol) => {
  const recorded = recordSession(protocol, new AbortController().signal);

  it('holds what the client says, with what comes back', async () => {
    const { turns, frames, trace } = await recorded;
    const bytes = (of: 'sent' | 'received') =>
      Buffer.concat(trace.events.flatMap((event) => (event.kind === of ? [event.bytes] : [])));
    expect(Buffer.concat(turns.map(({ sent }) => sent))).toEqual(bytes('sent'));
    expect(Buffer.concat(turns.map(({ received }) => received))).toEqual(bytes('received'));
    expect(frames).toBeGreaterThan(turns.length);
  });

  it('is walked again, judged or not', async () => {
    const [judged] = inProcessContests(await recorded);
    expect(await judged?.ours()).toBeGreaterThan(0);
    expect(await judged?.theirs()).toBeGreaterThan(0);
  });

  it('is said again byte by byte to a peer that only sends what was recorded', async () => {
    const recording = await recorded;
    const { turns, exchanges } = await recordLaps(recording, 3);
    const heard: Uint8Array[] = [];
    await using server = await bareServer(exchanges.flat());
    const link = async (limitMs: number) => {
      const real = await connectTcp(server, limitMs);
      return { ...real, write: (bytes: Uint8Array) => (heard.push(bytes), real.write(bytes)) };
    };
    await using walker = await openWalker(arenaOf(recording, link));
    for (const _ of exchanges) await walk(walker, turns);
    expect(Buffer.concat(heard)).toEqual(Buffer.concat(exchanges.flat().map(({ sent }) => sent)));
  });

  it('is exchanged by a bare client, lap by lap', async () => {
    const { exchanges } = await recordLaps(await recorded, 2);
    await using server = await bareServer(exchanges.flat());
    await using client = await bareClient(server);
    for (const lap of exchanges) await client.ask(lap);
    expect(exchanges).toHaveLength(2);
  });

  it('stops where an answer is not allowed', async () => {
    const recording = await recorded;
    const { turns, exchanges } = await recordLaps(recording, 1);
    const bent = exchanges.flat().map(({ sent, received }) => ({
      sent,
      received: Uint8Array.from(received, (byte) => byte ^ 1),
    }));
    await using server = await bareServer(bent);
    const link = (limitMs: number) => connectTcp(server, limitMs);
    await using walker = await openWalker({ ...arenaOf(recording, link), replyMs: 300 });
    await expect(walk(walker, turns)).rejects.toThrow('the recorded session cannot be walked');
  });
});
