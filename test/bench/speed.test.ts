import { createServer, type Server } from 'node:http';
import { describe, expect, it } from 'vitest';
import { arenaOf, openWalker, walk } from '#src/bench/speed-arena.ts';
import { bareClient, bareServer } from '#src/bench/speed-bare.ts';
import { chartContest } from '#src/bench/speed-chart.ts';
import { codecContests } from '#src/bench/speed-codec.ts';
import { contend, isReached, lapped, type Contest } from '#src/bench/speed-contest.ts';
import { bareHttpClient, bareHttpServer } from '#src/bench/speed-http.ts';
import { inProcessContests } from '#src/bench/speed-in-process.ts';
import { recordLaps } from '#src/bench/speed-laps.ts';
import { headingLine, outcomeLine } from '#src/bench/speed-lines.ts';
import { recordSession, type Recording } from '#src/bench/speed-recording.ts';
import { bareSocket, echoServer } from '#src/bench/speed-web-socket.ts';
import type { Round } from '#src/contract/baseline.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { followed } from '#src/judge/followed.ts';
import { connect } from '#src/play/connect.ts';
import { protocols } from '#src/protocols/index.ts';
import { connectTcp, type Address } from '#src/transport/tcp.ts';

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

const none = new AbortController().signal;

describe.each(protocols)('a recorded session of $name', (protocol) => {
  const recorded = recordSession(protocol, none);

  it('tells what the client says, and how many frames come back for it', async () => {
    const { turns, opening, frames, trace, settings } = await recorded;
    const said = followed(protocol, trace, settings)
      .filter(({ by }) => by === 'player')
      .map(({ perceived }) => perceived.message);
    /** A round may have what our own client does not say. */
    const isOwn = roundOf(protocol, 'messages') === undefined;
    for (const { step } of isOwn ? turns : turns.slice(0, opening)) {
      expect(said).toContain(step.message);
    }
    expect(frames).toBe(turns.reduce((sum, { answers }) => sum + 1 + answers, 0));
    expect(frames).toBeGreaterThan(turns.length);
  });

  it('is walked again, judged or not', async () => {
    const [judged] = inProcessContests(await recorded);
    expect(await judged?.ours()).toBeGreaterThan(0);
    expect(await judged?.theirs()).toBeGreaterThan(0);
  });

  it('takes the chart as far as XState', async () => {
    const { ours, theirs } = chartContest(await recorded);
    expect(await ours()).toBeGreaterThan(await theirs());
  });

  it('has frames for the codec and for what it is measured against', async () => {
    const [contest] = codecContests(await recorded);
    expect(await contest?.ours()).toBeGreaterThan(0);
    expect(await contest?.theirs()).toBeGreaterThan(0);
  });
});

const roundOf = (protocol: Protocol, kind: Round['kind']) => {
  const round = protocol.baseline?.round;
  return round?.kind === kind ? round : undefined;
};
const isCalled = (protocol: Protocol) => roundOf(protocol, 'calls') !== undefined;

describe.each(protocols.filter((one) => !isCalled(one)))(
  'a session of $name over one connection',
  (protocol) => {
    const recorded = recordSession(protocol, none);

    it('is said again byte by byte to a peer that only sends what was recorded', async () => {
      const recording = await recorded;
      const { opening, turns, exchanges } = await recordLaps(recording, 3);
      const all = [...opening.exchanges, ...exchanges.flat()];
      const heard: Uint8Array[] = [];
      await using server = await bareServer(all);
      const link = async (limitMs: number) => {
        const real = await connectTcp(server, limitMs);
        return { ...real, write: (bytes: Uint8Array) => (heard.push(bytes), real.write(bytes)) };
      };
      await using walker = await openWalker(arenaOf(recording, link));
      await walk(walker, opening.turns);
      for (const _ of exchanges) await walk(walker, turns);
      expect(Buffer.concat(heard)).toEqual(Buffer.concat(all.map(({ sent }) => sent)));
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
      const { opening, turns, exchanges } = await recordLaps(recording, 1);
      const bent = exchanges.flat().map(({ sent, received }) => ({
        sent,
        received: Uint8Array.from(received, (byte) => byte ^ 1),
      }));
      await using server = await bareServer([...opening.exchanges, ...bent]);
      const link = (limitMs: number) => connectTcp(server, limitMs);
      await using walker = await openWalker({ ...arenaOf(recording, link), replyMs: 300 });
      await walk(walker, opening.turns);
      await expect(walk(walker, turns)).rejects.toThrow('the recorded session cannot be walked');
    });
  },
);

describe.each(protocols.filter(isCalled))('a round of $name over many connections', (protocol) => {
  const recorded = recordSession(protocol, none);

  /** Laps of it, as calls of HTTP. */
  async function calledLaps(count: number) {
    const recording = await recorded;
    const laps = await recordLaps(recording, count);
    const calls = laps.exchanges.flat().flatMap(({ sent, received }) => {
      const round = protocol.baseline?.round;
      return round?.kind === 'calls' ? [round.call(sent, received)] : [];
    });
    return { recording, turns: laps.turns, calls };
  }

  it("is walked with Node's own server as the peer", async () => {
    const { recording, turns, calls } = await calledLaps(3);
    await using server = await bareHttpServer(calls);
    await using walker = await openWalker(arenaOf(recording, linkToHttp(recording, server)));
    for (let lap = 0; lap < 3; lap += 1) await walk(walker, turns);
    expect(calls).toHaveLength(3 * turns.length);
  });

  it('stops where an answer is not allowed', async () => {
    const { recording, turns, calls } = await calledLaps(1);
    const bent = calls.map((call) => ({ ...call, code: 200, answer: Buffer.from('{"status":9}') }));
    await using server = await bareHttpServer(bent);
    await using walker = await openWalker(arenaOf(recording, linkToHttp(recording, server)));
    await expect(walk(walker, turns)).rejects.toThrow('the recorded session cannot be walked');
  });

  it("is called by Node's own client over one connection, the same call by call", async () => {
    const { calls } = await calledLaps(2);
    const asked: object[] = [];
    const ports = new Set<number | undefined>();
    const server = createServer(async (request, response) => {
      const body = Buffer.concat(await Array.fromAsync(request));
      asked.push({ method: request.method, path: request.url, body });
      ports.add(request.socket.remotePort);
      response.end();
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(portOf(server)));
    });
    {
      using client = bareHttpClient({ host: '127.0.0.1', port });
      for (const call of calls) await client.ask(call);
    }
    await new Promise((done) => server.close(done));
    expect(asked).toEqual(
      calls.map(({ method, path, body }) => ({ method, path, body: Buffer.from(body) })),
    );
    expect(ports.size).toBe(1);
  });
});

const isSaid = (protocol: Protocol) => roundOf(protocol, 'messages') !== undefined;

describe.each(protocols.filter(isSaid))('a round of $name over one WebSocket', (protocol) => {
  it('is said by a bare client, and said back by a bare server', async () => {
    const round = protocol.baseline?.round;
    if (round?.kind !== 'messages') return;
    const { exchanges, turns } = await recordLaps(await recordSession(protocol, none), 2);
    const messages = exchanges.flat().map(({ sent }) => round.message(sent));
    await using server = await echoServer();
    await using socket = await bareSocket(server);
    for (const message of messages) await socket.ask(message);
    expect(messages).toHaveLength(2 * turns.length);
    expect(messages.map(({ kind }) => kind)).toContain('text');
    expect(messages.every(({ payload }) => payload.length > 0)).toBe(true);
  });
});

function linkToHttp({ protocol, settings }: Recording, address: Address) {
  return (limitMs: number) => connect(protocol, settings, { address, limitMs });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
