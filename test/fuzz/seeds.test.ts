import { describe, expect, it } from 'vitest';
import { readSeeds, seedOf, writeSeed } from '#src/fuzz/seeds.ts';
import { seedsFor, storedSeeds } from '#src/cli/fuzz-seeds.ts';
import { replaySeeds } from '#src/fuzz/seeds-first.ts';
import { never, open, protocol, reference, someFinding } from './ground.ts';

const origin = {
  profile: { ...reference('alice'), readings: { malformedAnswer: 'closed' } },
  campaignSeed: 42,
  target: 'reference:qosst/alice',
  note: 'of today',
  version: '0.1.0',
};
const seed = seedOf(someFinding(), origin);
const line = writeSeed(seed);
const read = (text: string) => readSeeds(text, { file: 'a.jsonl', protocols: [protocol] });
const changed = (change: object) => `${JSON.stringify({ ...seed, ...change })}\n`;

describe('a seed', () => {
  it('is one line, with the bytes of each frame that was sent', () => {
    expect(line.trimEnd()).not.toContain('\n');
    expect(seed.bytes).toEqual(['0001fe']);
    expect(seed.tool.fastCheck).toMatch(/^\d+\.\d+\.\d+$/);
    expect(seed.provenance).toEqual({ target: origin.target, note: 'of today', campaignSeed: 42 });
  });

  it('reads back as it was written', () =>
    expect(read(line)).toEqual({ seeds: [seed], problems: [] }));

  it('keeps every sort of step', () => {
    const steps = [
      {
        do: 'say',
        message: 'abort',
        variant: 1,
        deviation: { level: 'bytes', op: 'flip', dice: [1, 2 ** 31] },
        hasty: true,
      },
      { do: 'say', message: 'abort', variant: 0, pieces: [3, 2 ** 31] },
      { do: 'repeat', back: 1 },
      { do: 'reconnect', how: 'reset' },
    ];
    expect(read(changed({ steps })).seeds[0]?.steps).toEqual(steps);
  });
});

describe('a file of seeds', () => {
  // prettier-ignore
  it.each<readonly [string, string, RegExp]>([
    ['half a line', line.slice(0, 40), /it is not JSON/],
    ['another version', changed({ schema: 'qkdspec-seed/2' }), /'qkdspec-seed\/2'; expected 'qkdspec-seed\/1'/],
    ['no schema', '{}', /names no schema/],
    ['another protocol', changed({ protocol: 'kermit' }), /of protocol 'kermit'; expected qosst/],
    ['an unknown side', changed({ side: 'carol' }), /has no side 'carol'/],
    ['an unknown dialect', changed({ dialect: 'x' }), /no dialect 'x'/],
    ['an unknown message', changed({ steps: [{ do: 'say', message: 'x', variant: 0 }] }), /no message 'x'/],
    ['an unknown way to bend', changed({ steps: [{ do: 'say', message: 'abort', variant: 0, deviation: { level: 'bytes', op: 'x', dice: [] } }] }), /'bytes\/x'/],
    ['a member too many', changed({ more: 1 }), /more is no known member/],
    ['a wrong number', changed({ sessionSeed: -1 }), /sessionSeed must be from 0 to \d+$/],
  ])('tells %s by file and line, and keeps the others', (_, bad, problem) => {
    const { seeds, problems } = read(`${line}\n${bad.trimEnd()}\n${line}`);
    expect(seeds).toHaveLength(2);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^a\.jsonl:3: /);
    expect(problems[0]).toMatch(problem);
    expect(problems[0]).not.toContain('\n');
  });
});

describe('the seeds that come with the program', () => {
  it.each(protocol.model.sides)('can be read, and show nothing in our own %s', async (side) => {
    const { seeds, problems } = storedSeeds(['seeds'], protocol);
    expect(problems).toEqual([]);
    const profile = reference(side);
    const fitting = seedsFor(seeds, profile);
    expect(fitting.length).toBeGreaterThan(20);
    await using target = await open(profile);
    const played = await replaySeeds(target, fitting, { ms: 25_000, signal: never });
    expect(played).toMatchObject({ played: fitting.length, findings: [] });
  });
});
