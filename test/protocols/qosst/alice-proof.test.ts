import { describe, expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { playCase, type Bench } from '#src/suite/run-case.ts';
import { aliceCases, benchFor } from './alice-bench.ts';

/**
 * Cases that no mutant fails: only a server that stops when somebody sends it junk would, and
 * ours share their process with the test.
 */
const unproven = [
  'qosst/framing/junk-one-byte',
  'qosst/framing/junk-http-get',
  'qosst/framing/junk-tls-hello',
  'qosst/framing/junk-json-without-frame',
  'qosst/framing/junk-ssh-banner',
  'qosst/framing/junk-all-ones',
  'qosst/framing/junk-long-junk',
  'qosst/framing/half-frame-then-fin',
  'qosst/framing/half-frame-then-reset',
  'qosst/framing/fixed-header-then-fin',
  'qosst/framing/frame-then-reset',
  'qosst/robustness/fifty-connections',
];

/** What every session says: a mutant that fails these proves nothing about a case. */
const everyday: readonly Case[] = [
  { id: 'qosst/test/greeting', title: 'A greeting', covers: [], against: 'alice' },
  {
    id: 'qosst/test/identified',
    title: 'A greeting once identified',
    covers: [],
    against: 'alice',
    from: 'initialization.requesting',
  },
];

/** Cases that say no more than every session does. */
const isEveryday = ({ id }: Case) =>
  /^qosst\/sequence\/.*\/(identificationRequest|disconnection)$/.test(id) ||
  /^qosst\/identification\/(answered|again-within-a-recovery)$/.test(id);

/** Mutants that keep a player waiting come last. */
const slow = (id: string) => /silent|tires-of-changes|chokes|expects-whole/.test(id);

describe('the cases against Alice', () => {
  it('can each fail: a mutant fails it that passes what every session says', async () => {
    await using stack = new AsyncDisposableStack();
    const special: [string, Bench][] = [];
    const general: [string, Bench][] = [];
    const mutants = qosst.mutants.filter(({ side }) => side === 'alice');
    for (const { id } of mutants.toSorted((a, b) => Number(slow(a.id)) - Number(slow(b.id)))) {
      const bench = stack.use(await benchFor(id));
      const fails = await Promise.all(everyday.map((played) => isKilledBy(bench, played)));
      (fails.includes(true) ? general : special).push([id, bench]);
    }
    const survivors: string[] = [];
    for (const played of aliceCases) {
      if (unproven.includes(played.id)) continue;
      const suspects = suspectsFor(played, isEveryday(played) ? general : special);
      if (!(await isKilledByOne(suspects, played))) survivors.push(played.id);
    }
    expect(survivors).toEqual([]);
  }, 400_000);
});

const orders = new Map<string, [string, Bench][]>();

/** The mutant that failed the case before of the same kind comes first. */
function suspectsFor(played: Case, all: readonly [string, Bench][]): [string, Bench][] {
  const [, topic = '', ...rest] = played.id.split('/');
  const kind = topic === 'sequence' ? sequenceKind(rest.at(-1) ?? '') : rest.slice(0, -1).join('/');
  const key = `${topic}/${kind}`;
  const order = orders.get(key) ?? [...all];
  orders.set(key, order);
  return order;
}

function sequenceKind(name: string): string {
  return name.endsWith('-is-unexpected') ? 'unexpected' : name;
}

async function isKilledByOne(suspects: [string, Bench][], played: Case): Promise<boolean> {
  for (const [at, [, bench]] of suspects.entries()) {
    if (!(await isKilledBy(bench, played))) continue;
    suspects.unshift(...suspects.splice(at, 1));
    return true;
  }
  return false;
}

async function isKilledBy(bench: Bench, played: Case): Promise<boolean> {
  return (await playCase(bench, played)).verdict.violation !== null;
}
