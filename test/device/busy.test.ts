import { describe, expect, it } from 'vitest';
import { SimulatedClock, someDateMs } from '#src/base/simulated-clock.ts';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Profile } from '#src/contract/target.ts';
import { Busy } from '#src/play/busy.ts';
import { cast } from '#src/play/host.ts';
import { perform, standing } from '#src/play/perform.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import type { Link } from '#src/transport/link.ts';
import { memoryPair } from '#src/transport/memory.ts';
import type { Reach } from '#src/suite/reach.ts';
import { waitedFor } from '#src/suite/reach-memory.ts';
import { playCase } from '#src/suite/run-case.ts';
import { profileOf } from '../suite/plan.ts';

/** As long as the photon meter of the public qosst-alice takes, ms. */
const meterMs = 4500;
const symbols = qosst.cases.find(({ id }) => id === 'qosst/estimation/symbols/first');
const welcome = qosst.cases.find(({ id }) => id === 'qosst/identification/version/of-the-prose');

describe('a device that is busy behind QIE_ENDED', () => {
  it('is believed to be silent where nobody says how long it may take', async () => {
    expect(await tried({})).toEqual(['fail', 'silence']);
  });

  it('is awaited for as long as the profile says', async () => {
    expect(await tried({ qieEnded: 6000 })).toEqual(['pass', null]);
  });

  it('is not awaited for longer than that', async () => {
    expect(await tried({ qieEnded: 3000 })).toEqual(['fail', 'silence']);
  });

  it('is awaited by the next session as well', async () => {
    const replyMsAfter = { qieEnded: 6000 };
    const { reach, clock } = slowAlice();
    const bench = { ...benchOf(reach, clock, replyMsAfter), busy: new Busy(replyMsAfter) };
    if (symbols === undefined || welcome === undefined) return;
    await playCase(bench, {
      ...symbols,
      play: async () => {},
      from: 'quantumInformationExchange.idle',
    });
    expect((await playCase(bench, welcome)).verdict.verdict).toBe('pass');
  });

  it('is as the profile of the public qosst-alice has it', async () => {
    const { subjectOf } = await import('#src/cli/profile.ts');
    const { protocols } = await import('#src/protocols/index.ts');
    const shipped = 'fixtures/profiles/qosst-alice-0.10.yaml';
    const { profile } = await subjectOf({ profile: shipped }, protocols);
    expect(profile.replyMsAfter).toEqual({ qieEnded: 6000 });
    expect(await tried(profile.replyMsAfter)).toEqual(['pass', null]);
  });
});

/** Plays a frame up to its symbols with an Alice who takes her time, by a time of their own. */
async function tried(replyMsAfter: Profile['replyMsAfter']) {
  const { reach, clock } = slowAlice();
  if (symbols === undefined) throw new Error('no such case');
  const { verdict } = await playCase(benchOf(reach, clock, replyMsAfter), symbols);
  return [verdict.verdict, verdict.violation?.kind ?? null];
}

function benchOf(reach: Reach, clock: SimulatedClock, replyMsAfter: Profile['replyMsAfter']) {
  const profile = profileOf({ kind: 'address', host: '', port: 1 }, { replyMsAfter });
  const { signal } = new AbortController();
  return { protocol: qosst, profile, reach, clock, seed: 1, replyMs: 1000, signal };
}

/** Our Alice in memory, who reads nothing for a while once she has said QIE_ENDED. */
function slowAlice(): { readonly reach: Reach; readonly clock: SimulatedClock } {
  const clock = new SimulatedClock(someDateMs);
  const record = qosst.sides['alice'];
  if (record === undefined) throw new Error('no Alice');
  const settings = settingsFor(qosst);
  const casting = { protocol: qosst, record, side: 'alice', settings, idleMs: 60_000, clock };
  const role = cast({ ...casting, random: seededRandom(1) });
  const reach: Reach = {
    url: 'qosst://slow',
    options: {},
    clock,
    async link() {
      const [ours, theirs] = memoryPair(clock);
      void perform(role, metering(theirs, clock), standing(role)).catch(() => {});
      return waitedFor(ours, clock);
    },
    async [Symbol.asyncDispose]() {},
  };
  return { reach, clock };
}

function metering(link: Link, clock: SimulatedClock): Link {
  let untilMs = 0;
  return {
    ...link,
    write(bytes) {
      if (new TextDecoder().decode(bytes).includes('"code": 145'))
        untilMs = clock.nowMs() + meterMs;
      link.write(bytes);
    },
    async read(limitMs) {
      const busyMs = untilMs - clock.nowMs();
      if (busyMs > 0) await clock.sleep(busyMs);
      return link.read(limitMs);
    },
  };
}
