import { describe, expect, it } from 'vitest';
import { merged, nothingYet } from '#src/fuzz/merge.ts';
import { someFinding } from './ground.ts';

const left = {
  ...nothingYet,
  messages: 10,
  sessions: 1,
  restarts: 1,
  triples: new Set(['a', 'b']),
  states: new Set(['x.one']),
  findings: [someFinding({ times: 2, messagesToDetection: 9 })],
};
const right = {
  ...nothingYet,
  messages: 5,
  sessions: 2,
  triples: new Set(['b', 'c']),
  states: new Set(['x.two']),
  findings: [
    someFinding({ steps: [], messagesToDetection: 4 }),
    someFinding({ id: 'qosst-alice-00000002' }),
  ],
};

describe('merged campaigns', () => {
  const both = merged([left, right]);

  it('sum what they did', () =>
    expect(both).toMatchObject({ messages: 15, sessions: 3, restarts: 1 }));

  it('join what they saw', () => {
    expect([...both.triples]).toEqual(['a', 'b', 'c']);
    expect([...both.states]).toEqual(['x.one', 'x.two']);
  });

  it('hold each finding once, by its shortest steps', () => {
    expect(both.findings.map(({ id }) => id)).toEqual([
      'qosst-alice-00000001',
      'qosst-alice-00000002',
    ]);
    expect(both.findings[0]).toMatchObject({ times: 3, messagesToDetection: 4, steps: [] });
  });

  it('are as they were when there is one', () => expect(merged([left])).toEqual(left));
  it('are gone when one is', () =>
    expect(merged([left, { ...right, health: 'gone' }]).health).toBe('gone'));
});
