import { describe, expect, it } from 'vitest';
import { settingsFor } from '#src/contract/choose.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import type { Told } from '#src/proxy/court.ts';
import type { End, Passage } from '#src/proxy/passage.ts';
import { duet } from '#src/suite/duet.ts';
import { benchHere } from './stage.ts';

const { traces } = await duet({
  protocol: qosst,
  settings: settingsFor(qosst),
  seed: 42,
  signal: new AbortController().signal,
  watch: () => {},
});

/** What both sides say, first to last. */
const frames = (traces['alice']?.events ?? []).flatMap((event): readonly [End, Uint8Array][] => {
  if (event.kind !== 'sent' && event.kind !== 'received') return [];
  return [[event.kind === 'sent' ? 'client' : 'server', event.bytes]];
});
const endOfExchange = frames.findIndex(([, bytes]) => Buffer.from(bytes).includes('"code": 145,'));

/** The first frames of a session, from that moment on, ms since it began. */
const said = (count: number, from = 0, atMs = 1): readonly Passage[] =>
  frames
    .slice(from, count)
    .map(([by, bytes]): Passage => ({ kind: 'bytes', by, bytes, seen: 'both', atMs }));
const left = (by: End, how: 'end' | 'reset', atMs: number): Passage => ({
  ...{ kind: 'closed', seen: 'both' },
  ...{ by, how, atMs },
});

/** A proxy that hears of several sessions. All times are ms since the first one began. */
function sitting() {
  const told: Told[] = [];
  const patience = { replyMs: 1000, replyMsAfter: { qieEnded: 5000 } };
  const bench = benchHere(qosst, { patience, isVerbose: false }, (one) => told.push(one));
  const began = new Map<number, number>();
  return {
    begins(session: number, beganMs: number) {
      began.set(session, beganMs);
      bench.hear({ kind: 'begun', session, between: 'bob to alice', beganMs });
      bench.hear({ kind: 'passed', session, passages: [{ kind: 'opened', atMs: 0 }] });
    },
    passes: (session: number, passages: readonly Passage[]) =>
      bench.hear({ kind: 'passed', session, passages }),
    waits(session: number, nowMs: number) {
      const sessions = [{ session, nowMs: nowMs - (began.get(session) ?? 0) }];
      bench.hear({ kind: 'time', sessions });
    },
    ends: (session: number, nowMs: number) =>
      bench.hear({ kind: 'over', session, nowMs: nowMs - (began.get(session) ?? 0) }),
    verdicts(session: number) {
      const judged = told.flatMap((one) =>
        one.kind === 'judged' && one.session === session ? one.results : [],
      );
      const of = (name: string) => {
        const result = judged.find(({ side }) => side === name);
        return [result?.verdict, result?.kind ?? null];
      };
      return { bob: of('bob'), alice: of('alice'), note: judged[1]?.explanation };
    },
  };
}

const pass = ['pass', null];

describe('a second client, of a server that serves one at a time', () => {
  it('is kept waiting, and neither he nor the server is blamed, however he gives up', () => {
    for (const [by, how] of [
      ['client', 'end'],
      ['client', 'reset'],
      ['server', 'end'],
      ['server', 'reset'],
    ] as const) {
      const court = sitting();
      court.begins(1, 0);
      court.passes(1, said(4));
      court.begins(2, 100);
      court.passes(2, said(1));
      court.waits(2, 60_000);
      court.passes(2, [left(by, how, 60_000)]);
      court.ends(2, 60_100);
      const note = expect.stringContaining('the server was serving another client');
      expect(court.verdicts(2)).toEqual({ bob: pass, alice: pass, note });
    }
  });

  it('is told to have been kept waiting where nobody gives up', () => {
    const court = sitting();
    court.begins(1, 0);
    court.passes(1, said(4));
    court.begins(2, 100);
    court.passes(2, said(1));
    court.ends(2, 60_000);
    const note = 'the server was serving another client';
    expect(court.verdicts(2)).toEqual({ bob: pass, alice: pass, note });
  });

  it('is awaited to be served once the first one has gone, and not for longer than usual', () => {
    const patient = (waitedMs: number) => {
      const court = sitting();
      court.begins(1, 0);
      court.passes(1, said(4));
      court.begins(2, 100);
      court.passes(2, said(1));
      court.ends(1, 30_000);
      court.waits(2, 30_000 + waitedMs);
      court.ends(2, 40_000);
      return court.verdicts(2).alice;
    };
    expect(patient(900)).toEqual(pass);
    expect(patient(1100)).toEqual(['fail', 'silence']);
  });

  it('passes once he is served, however long he has waited', () => {
    const court = sitting();
    court.begins(1, 0);
    court.passes(1, said(4));
    court.begins(2, 100);
    court.passes(2, said(1));
    court.waits(2, 20_000);
    court.ends(1, 30_000);
    court.passes(2, said(frames.length, 1, 30_100));
    court.ends(2, 30_200);
    expect(court.verdicts(2)).toEqual({ bob: pass, alice: pass, note: null });
  });

  it('is judged as any other once he is served', () => {
    const court = sitting();
    court.begins(1, 0);
    court.passes(1, said(4));
    court.begins(2, 100);
    court.passes(2, said(1));
    court.ends(1, 30_000);
    court.passes(2, said(3, 1, 30_100));
    court.waits(2, 31_500);
    court.ends(2, 31_600);
    expect(court.verdicts(2)).toMatchObject({ bob: pass, alice: ['fail', 'silence'] });
  });
});

describe('a second client, of a server that was seen to serve several', () => {
  it('is awaited as usual, though the first one is still there', () => {
    const court = sitting();
    court.begins(1, 0);
    court.passes(1, said(4));
    court.begins(2, 100);
    court.passes(2, said(4));
    court.begins(3, 200);
    court.passes(3, said(1));
    court.waits(3, 1500);
    court.ends(3, 1600);
    expect(court.verdicts(3).alice).toEqual(['fail', 'silence']);
  });
});

describe('a client that comes while the server is busy with what it did last', () => {
  const comesAfter = (waitedMs: number) => {
    const court = sitting();
    court.begins(1, 0);
    court.passes(1, said(endOfExchange + 1));
    court.ends(1, 10);
    court.begins(2, 500);
    court.passes(2, said(1));
    court.waits(2, waitedMs);
    court.ends(2, 9000);
    return court.verdicts(2).alice;
  };

  it('waits until it is not, as it would in the same session', () => {
    expect(comesAfter(4900)).toEqual(pass);
    expect(comesAfter(5100)).toEqual(['fail', 'silence']);
  });
});
