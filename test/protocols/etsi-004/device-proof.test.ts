import { describe, expect, it } from 'vitest';
import type { Case } from '#src/contract/case.ts';
import type { Mutant } from '#src/contract/side.ts';
import { playCase, type Bench } from '#src/suite/run-case.ts';
import { deviceBench, deviceCases, deviceMutants, each, isSlow } from './device-bench.ts';

/** Cases that no mutant fails: every answer is allowed there, and every session has them. */
const unproven: readonly string[] = ['opening/peer-absent'];

/** What every session says: a mutant that fails it proves nothing about other cases. */
const everyday: Case = {
  id: 'etsi-004/test/everyday',
  title: 'A stream that is opened and closed',
  covers: [],
  against: 'qkd-device',
  from: 'oneA.open',
};

/** Silence on a busy machine may be its own: it counts where it lasts so long, ms. */
const patientMs = 4000;

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
    const { violation } = (await playCase(bench, played)).verdict;
    if (violation?.kind !== 'silence') return violation !== null;
    const patient = { ...bench, replyMs: patientMs };
    return (await playCase(patient, played)).verdict.violation !== null;
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#held[Symbol.asyncDispose]();
  }
}

describe('the cases against a QKD device', () => {
  it('can each fail: a mutant fails them, but those that are listed', async () => {
    const survivors: string[] = [];
    const shares = [0, 1, 2, 3].map((share) =>
      deviceCases.filter((one, at) => !isSlow(one) && at % 4 === share),
    );
    await each(shares, async (share) => {
      await using suspects = new Suspects();
      for (const played of share) {
        if (!(await suspects.fail(played))) survivors.push(played.id.replace('etsi-004/', ''));
      }
    });
    expect(survivors.toSorted()).toEqual(unproven);
  }, 300_000);
});
