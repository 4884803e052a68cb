import { describe, expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import type { Mutant } from '#src/contract/side.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { playCase } from '#src/suite/run-case.ts';
import { aliceCases, benchFor } from './alice-bench.ts';

const mutants = qosst.mutants.filter(({ side }) => side === 'alice');
const isStory = ({ id }: { id: string }) => !id.startsWith('qosst/sequence/');

/** The cases that are likeliest to show a mutant first. */
function likeliest({ breaks }: Mutant) {
  const about = aliceCases.filter(({ covers }) => covers.includes(breaks));
  const rest = aliceCases.filter((row) => isStory(row) && !about.includes(row));
  return [...about.filter(isStory), ...rest, ...about.filter((row) => !isStory(row))];
}

describe('the reference Alice', () => {
  it('passes every case', async () => {
    const outcomes = await playAll(aliceCases);
    const red = outcomes.filter(({ verdict }) => !['pass', 'reading'].includes(verdict));
    expect(red.map(({ id }) => id)).toEqual([]);
  }, 240_000);

  it('is told the same when a case is played again with the same seed', async () => {
    const stories = aliceCases.filter(isStory);
    const [first, second] = [await playAll(stories), await playAll(stories.toReversed())];
    const again = new Map(second.map((outcome) => [outcome.id, outcome]));
    const differing = first.filter(
      ({ id, verdict, said }) => again.get(id)?.verdict !== verdict || again.get(id)?.said !== said,
    );
    expect(differing.map(({ id }) => id)).toEqual([]);
  }, 240_000);
});

describe('a mutant of Alice is killed, and the requirement that it breaks is named', () => {
  it.each(mutants.map((mutant) => [mutant.id, mutant] as const))('%s', async (_, mutant) => {
    await using bench = await benchFor(mutant.id);
    const named = new Set<string>();
    for (const played of likeliest(mutant)) {
      const { verdict } = await playCase(bench, played);
      if (verdict.violation !== null) named.add(verdict.violation.requirement.id);
      if (named.has(mutant.breaks.id)) break;
    }
    expect([...named]).toContain(mutant.breaks.id);
  });
});

/** Each case once, with what Bob said: what he returns of Alice's is not his. */
async function playAll(cases: readonly Case[]) {
  await using bench = await benchFor(null);
  const outcomes: { id: string; verdict: string; said: string }[] = [];
  for (const played of cases) {
    const { verdict, trace } = await playCase(bench, played);
    const said = trace.events.map((event) => (event.kind === 'sent' ? ownWords(event.bytes) : ''));
    outcomes.push({ id: played.id, verdict: verdict.verdict, said: said.join('\n') });
  }
  return outcomes;
}

/** Codes, challenges and UUIDs: the digests hold what Alice issued. */
function ownWords(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return (text.match(/"(code|next_challenge|frame_uuid)": [^,}]*/g) ?? []).join(' ');
}
