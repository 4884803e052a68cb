import { describe, expect, it } from 'vitest';
import { settingsFor } from '#src/contract/choose.ts';
import { judge } from '#src/judge/judge.ts';
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

const opened: Passage = { kind: 'opened', atMs: 0 };
const said = (count: number): readonly Passage[] => [
  opened,
  ...frames
    .slice(0, count)
    .map(([by, bytes], at): Passage => ({ kind: 'bytes', by, bytes, seen: 'both', atMs: at + 1 })),
];
const bobLeaves: Passage = { kind: 'closed', by: 'client', seen: 'both', how: 'end', atMs: 100 };
const wrongAnswer = (at: number): Passage => {
  const [by, bytes] = frames[at] ?? ['server', new Uint8Array(0)];
  const bent = Uint8Array.from(bytes);
  bent[10] = (bent[10] ?? 0) ^ 1;
  return { kind: 'bytes', by, bytes: bent, seen: 'both', atMs: at + 1 };
};
/** A frame once more, though nobody asked for it. */
const again = (at: number): Passage => {
  const [by, bytes] = frames[at] ?? ['server', new Uint8Array(0)];
  return { kind: 'bytes', by, bytes, seen: 'both', atMs: at + 1 };
};

function judged(passages: readonly Passage[], nowMs: readonly number[] = []) {
  const told: Told[] = [];
  const patience = { replyMs: 1000, replyMsAfter: { qieRequest: 5000 } };
  const bench = benchHere(qosst, { patience, isVerbose: false }, (one) => told.push(one));
  bench.hear({ kind: 'begun', session: 1, between: 'bob to alice', beganMs: 0 });
  bench.hear({ kind: 'passed', session: 1, passages });
  for (const ms of nowMs) bench.hear({ kind: 'time', sessions: [{ session: 1, nowMs: ms }] });
  bench.hear({ kind: 'over', session: 1, nowMs: 200 });
  const results = told.flatMap((one) => (one.kind === 'judged' ? one.results : []));
  const of = (side: string) => results.find((result) => result.side === side);
  return { told, alice: of('alice'), bob: of('bob'), traces: bench.traces };
}

describe('the blame', () => {
  it('is taken by nobody for a session that is as it must be', () => {
    const { alice, bob } = judged([...said(frames.length), bobLeaves]);
    expect([alice?.verdict, bob?.verdict]).toEqual(['pass', 'pass']);
    expect(alice?.requirements.length).toBeGreaterThan(3);
  });

  it('is taken by the side that leaves where it must not', () => {
    const { alice, bob, told } = judged([...said(4), bobLeaves]);
    expect(alice?.verdict).toBe('pass');
    expect(bob).toMatchObject({ verdict: 'fail', kind: 'closed' });
    expect(bob?.requirements[0]).toBe('qosst/disconnectBeforeLeaving');
    expect(told.map(({ kind }) => kind)).toEqual(['blamed', 'judged']);
  });

  it('is not taken by it where the other side was wrong before', () => {
    const { alice, bob, told, traces: kept } = judged([...said(4), again(3), bobLeaves]);
    expect(alice).toMatchObject({ verdict: 'fail', kind: 'answer' });
    expect(bob).toMatchObject({ verdict: 'pass' });
    expect(bob?.explanation).toBe('judged up to here: alice went wrong there');
    expect(told.map(({ kind }) => kind)).toEqual(['blamed', 'judged']);
    expect(kept['bob'] && judge(qosst, kept['bob']).verdict).toBe('pass');
    expect(kept['bob']?.events.at(-1)).toMatchObject({ kind: 'omitted' });
  });

  it('is not taken by it where the proxy took something away before', () => {
    const fault = { kind: 'fault', text: 'drops', atMs: 5 } as const;
    const starved = judged([...said(4), { ...fault, starves: true }, bobLeaves]);
    expect(starved.bob?.verdict).toBe('pass');
    expect(starved.told.map(({ kind }) => kind)).toEqual(['excused', 'judged']);
    const fed = judged([...said(4), { ...fault, starves: false }, bobLeaves]);
    expect(fed.bob?.verdict).toBe('fail');
    const late = judged([...said(4), bobLeaves, { ...fault, starves: true }]);
    expect(late.bob?.verdict).toBe('fail');
  });

  it('is taken for what was said wrong, whatever was taken away', () => {
    const fault = { kind: 'fault', text: 'drops', starves: true, atMs: 4 } as const;
    const { alice } = judged([...said(3), fault, wrongAnswer(3)]);
    expect(alice?.verdict).toBe('fail');
  });

  it('is taken by a side that owes an answer for too long, and by no other', () => {
    const { alice, bob } = judged(said(3), [900, 1100, 1200]);
    expect(alice).toMatchObject({ verdict: 'fail', kind: 'silence' });
    expect(bob?.verdict).toBe('pass');
    expect(judged(said(3), [900]).alice?.verdict).toBe('pass');
    expect(judged(said(4), [5000]).alice?.verdict).toBe('pass');
  });

  it('waits longer behind a message that takes its time', () => {
    const at = frames.findIndex(([, bytes]) => Buffer.from(bytes).includes('"code": 140,'));
    expect(judged(said(at + 1), [4500]).alice?.verdict).toBe('pass');
    expect(judged(said(at + 1), [5500]).alice?.kind).toBe('silence');
  });

  it('is nobody’s where nothing can be read, and nothing counts where nothing was said', () => {
    const noise = new Uint8Array(40).fill(7);
    const bytes: Passage = { kind: 'bytes', by: 'client', bytes: noise, seen: 'both', atMs: 1 };
    const { alice, bob } = judged([opened, bytes]);
    expect([alice?.verdict, bob?.verdict]).toEqual(['untestable', 'untestable']);
    expect(bob?.explanation).toContain('40 bytes passed');
    expect(judged([opened, { ...bobLeaves }]).told).toEqual([
      { kind: 'empty', session: 1, between: 'bob to alice' },
    ]);
  });
});

describe('a recording', () => {
  it('has what was kept back for its sender, and what was made up for its receiver', () => {
    const [first = ['client', new Uint8Array(0)]] = frames;
    const [by, bytes] = first;
    const { traces: kept } = judged([
      opened,
      { kind: 'bytes', by, bytes, seen: 'sender', atMs: 1 },
      { kind: 'bytes', by, bytes: Uint8Array.of(1), seen: 'receiver', atMs: 2 },
    ]);
    const seen = (side: string) =>
      kept[side]?.events.map((event) => ('bytes' in event ? event.bytes.length : event.kind));
    expect(seen('bob')).toEqual(['opened', bytes.length]);
    expect(seen('alice')).toEqual(['opened', 1]);
  });
});
