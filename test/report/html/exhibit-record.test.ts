import { describe, expect, it } from 'vitest';
import type { Exhibit, ExhibitFrame, ExhibitStep } from '#src/contract/exhibit.ts';
import { hexLines } from '#src/report/html/browser/hex-lines.ts';
import { exhibitRecord, masked } from '#src/report/html/exhibit-record.ts';

function frame(changes: Partial<ExhibitFrame> = {}): ExhibitFrame {
  const tree = { name: 'frame', value: null, children: [] };
  const said = { message: 'hello', content: {}, isUsual: true, flaws: [] } as const;
  return { ...said, bytes: Buffer.from('hello'), secret: [], tree, ...changes };
}

function step(by: string, changes: Partial<ExhibitStep> = {}): ExhibitStep {
  const said = { kind: 'said', atMs: 1.26, line: 'hello', states: [], frame: frame() } as const;
  return { at: 0, by, ...said, ...changes };
}

function exhibit(steps: readonly ExhibitStep[], changes: Partial<Exhibit> = {}): Exhibit {
  const coverage = { states: new Set<string>(), transitions: new Set<string>() };
  return {
    protocol: 'toy',
    dialect: 'toy/1',
    peer: 'carol',
    player: 'dave',
    steps,
    verdict: {
      verdict: 'fail',
      level: 'MUST',
      readings: [],
      violation: null,
      note: null,
      coverage,
    },
    wrongAt: null,
    allowed: [],
    ...changes,
  };
}

describe('the bytes of a frame in a page', () => {
  it('are hexadecimal, with the length alone of key material', () => {
    const bytes = Buffer.from('6b6579 3d 73656372657473 0a'.replaceAll(' ', ''), 'hex');
    const parts = masked(bytes, [{ from: 4, to: 11 }]);
    expect(parts).toEqual(['6b65793d', 7, '0a']);
    expect(hexLines({ bytes: parts, length: bytes.length }).split('\n')).toEqual([
      `0000  6b 65 79 3d${' '.repeat(36)}  key=`,
      '0004  ·· 7 bytes, secret',
      `000b  0a${' '.repeat(45)}  .`,
    ]);
  });

  it('hold no byte of key material where secrets overlap, lie apart or reach the end', () => {
    const bytes = new Uint8Array(16).fill(0xee);
    bytes.fill(0x11, 8, 10);
    const secret = [
      { from: 10, to: 16 },
      { from: 0, to: 6 },
      { from: 4, to: 8 },
    ];
    expect(masked(bytes, secret)).toEqual([6, 2, '1111', 6]);
    const within = { from: 1, to: 2 };
    expect(masked(bytes.subarray(0, 6), [within, { from: 0, to: 6 }])).toEqual([6]);
  });

  it('are cut off, and the rest is counted', () => {
    const parts = masked(new Uint8Array(5000), []);
    expect(hexLines({ bytes: parts, length: 5000 })).toMatch(/\n0400 {2}… 3976 bytes more$/);
  });

  it('are not told apart by what lies behind the cut', () => {
    expect(masked(new Uint8Array(5000), [{ from: 1000, to: 3000 }]).slice(1)).toEqual([2000]);
  });
});

describe('a trace in a page', () => {
  it('shows what was wrong, and what the player said before it', () => {
    const steps = [
      step('dave', { frame: frame({ message: 'first' }) }),
      step('dave', { frame: frame({ message: 'second' }) }),
      step('carol', { frame: frame({ message: 'wrong' }) }),
      step('dave', { frame: frame({ message: 'later' }) }),
    ];
    const { actual, asked, wrongAt } = exhibitRecord(exhibit(steps, { wrongAt: 2 }));
    expect([actual?.message, asked?.message, wrongAt]).toEqual(['wrong', 'second', 2]);
  });

  it('is cut where it is long, with what was wrong in it', () => {
    const steps = Array.from({ length: 3000 }, () => step('dave'));
    const record = exhibitRecord(exhibit(steps, { wrongAt: 2000 }));
    expect(record.steps.length).toBe(200);
    expect(record.leftOut + (record.wrongAt ?? 0)).toBe(2000);
    expect(record.wrongAt).toBeLessThan(200);
  });

  it('names the states that each step brought', () => {
    const states = [
      ['a.x', 'b.x'],
      ['a.x', 'b.x'],
      ['a.y', 'b.x'],
    ];
    const record = exhibitRecord(exhibit(states.map((names) => step('dave', { states: names }))));
    expect(record.steps.map((one) => one.states)).toEqual([[], [], ['a.y']]);
  });

  it('has a few of the allowed messages with an example, the others by name', () => {
    const allowed = ['a', 'b', 'c', 'd', 'e', 'f'].map((message) => ({ message, frame: frame() }));
    const record = exhibitRecord(exhibit([step('carol')], { wrongAt: 0, allowed }));
    expect(record.allowed).toHaveLength(4);
    expect(record.alsoAllowed).toEqual(['e', 'f']);
  });

  it('is bounded where a frame has very many members', () => {
    const children = Array.from({ length: 5000 }, (_, at) => ({
      name: `member ${at}`,
      value: '1',
      children: [],
    }));
    const tree = { name: 'frame', value: null, children };
    const { actual } = exhibitRecord(
      exhibit([step('carol', { frame: frame({ tree }) })], { wrongAt: 0 }),
    );
    const members = actual?.tree[2] ?? [];
    expect(members.length).toBeLessThan(310);
    expect(members.at(-1)?.[0]).toMatch(/^… \d+ members more$/);
  });
});
