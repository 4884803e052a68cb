import { describe, expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import type { Mutant } from '#src/contract/side.ts';
import { playCase, type Bench } from '#src/suite/run-case.ts';
import { deviceBench, deviceCases, deviceMutants, each, isSlow } from './device-bench.ts';

/**
 * Cases that no mutant fails: where every answer is allowed, whatever it says, and where only
 * software fails that stops when somebody sends it junk (ours shares its process with the test).
 */
const unproven: readonly string[] = [
  'connections/all-ones',
  'connections/call-while-another-is-half-said',
  'connections/content-of-a-megabyte',
  'connections/framing-of-the-standard',
  'connections/head-without-end',
  'connections/header-of-a-megabyte',
  'connections/http2-preface',
  'connections/json-alone',
  'connections/length-and-nothing',
  'connections/line-feeds',
  'connections/one-byte',
  'connections/ssh-banner',
  'connections/tls-hello',
  'ids/capitals-in-close',
  'json/lone-surrogate',
  'json/long-text',
  'json/member-__proto__',
  'json/member-twice',
  'json/member-twice-other-value',
  'opening/peer-absent',
  'order/close-twice',
  'qos/key-chunk-size-exponent',
  'qos/jitter-zero',
  'qos/key-chunk-size-largest',
  'qos/key-chunk-size-trailing-zero',
  'qos/min-above-max',
  'qos/mimetype-other',
  'qos/priority-zero',
  'qos/min-bps-largest',
];

/** What every session says: a mutant that fails it proves nothing about other cases. */
const everyday: Case = {
  id: 'etsi-004/test/everyday',
  title: 'A stream that is opened and closed',
  covers: [],
  against: 'qkd-device',
  from: 'oneA.open',
};

/** Mutants that keep a player waiting, or watch a rate, come last or not at all. */
const isPatient = ({ id }: Mutant) => !/tires|too-fast|too-slow|pushes-on$/.test(id);

class Suspects implements AsyncDisposable {
  readonly #held = new AsyncDisposableStack();
  readonly #benches = new Map<string, Bench>();
  readonly #isGeneral = new Map<string, boolean>();
  /** The one that failed a case last comes first. */
  #order = deviceMutants.filter(isPatient);

  /** Whether a mutant fails the case: first those that err in what it covers. */
  async fail(played: Case): Promise<boolean> {
    const about = this.#order.filter(({ breaks }) => played.covers.includes(breaks));
    for (const mutant of [...about, ...this.#order.filter((one) => !about.includes(one))]) {
      if (!about.includes(mutant) && (await this.#generallyFails(mutant))) continue;
      if (!(await this.#fails(mutant, played))) continue;
      this.#order = [mutant, ...this.#order.filter((one) => one !== mutant)];
      return true;
    }
    return false;
  }

  async #generallyFails(mutant: Mutant): Promise<boolean> {
    const known = this.#isGeneral.get(mutant.id) ?? (await this.#fails(mutant, everyday));
    this.#isGeneral.set(mutant.id, known);
    return known;
  }

  async #fails({ id }: Mutant, played: Case): Promise<boolean> {
    const known = this.#benches.get(id);
    const bench = known ?? this.#held.use(await deviceBench({ mutant: id }));
    this.#benches.set(id, bench);
    return (await playCase(bench, played)).verdict.violation !== null;
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#held[Symbol.asyncDispose]();
  }
}

describe('the cases against a QKD device', () => {
  it('can each fail: a mutant fails them', async () => {
    const survivors: string[] = [];
    const shares = [0, 1, 2, 3].map((share) =>
      deviceCases.filter((one, at) => !isSlow(one) && at % 4 === share),
    );
    await each(shares, async (share) => {
      await using suspects = new Suspects();
      for (const played of share) {
        const name = played.id.replace('etsi-004/', '');
        if (unproven.includes(name)) continue;
        if (!(await suspects.fail(played))) survivors.push(name);
      }
    });
    expect(survivors.toSorted()).toEqual([]);
  }, 120_000);
});
