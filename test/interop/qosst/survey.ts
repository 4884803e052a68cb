import type { Case } from '#src/contract/case.ts';
import type { Result } from '#src/contract/report.ts';
import type { Profile } from '#src/contract/target.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { runSuite } from '#src/suite/run-suite.ts';
import { usual } from '#src/suite/usual.ts';
import { deployed } from './deployed.ts';
import { startRealAlice, type RealAlice } from './peers/alice.ts';

/** States behind QIE_ENDED cost 4.5 s a session: only cases that share a session begin there. */
const late = ['parameterEstimation', 'errorCorrection', 'privacyAmplification', 'endOfFrame'];
/** Requests that may have to wait for her photon meter after QIE_ENDED, ms. */
const busy = Object.fromEntries(
  ['peSymbolsRequest', 'peNphotonRequest', 'qieAcquisitionEnded', 'identificationRequest'].map(
    (name) => [name, 8000],
  ),
);
/** Cases that one Alice plays before a new one is looked at; a crash ends her earlier. */
const casesAtOnce = 40;

/** The cases that say something about real Alice within minutes. */
export function surveyedCases(filter: (one: Case) => boolean): readonly Case[] {
  const profile = profileOf({ host: '', port: 0 });
  return qosst.cases
    .filter((one) => one.against === 'alice' && usual(one, profile))
    .filter((one) => !(one.tags ?? []).includes('slow'))
    .filter((one) => !late.some((phase) => one.from?.startsWith(phase)) || one.reusable === true)
    .filter(filter);
}

/** Plays cases against real Alice; when she dies of one, the next meet another Alice. */
export async function survey(python: string, cases: readonly Case[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  let left = [...cases];
  while (left.length > 0) {
    await using alice = await startRealAlice({ python });
    const report = await runSome(alice, left.slice(0, casesAtOnce));
    results.push(...report.results);
    const played = Math.max(1, report.results.length);
    left = left.slice(played);
  }
  return results;
}

function runSome(alice: RealAlice, cases: readonly Case[]) {
  const signal = new AbortController().signal;
  return runSuite(
    {
      protocol: qosst,
      profile: profileOf(alice),
      cases,
      seed: 1,
      retries: 0,
      maxFailures: null,
      signal,
    },
    () => {},
  );
}

function profileOf(address: { readonly host: string; readonly port: number }): Profile {
  return {
    name: 'qosst-alice-0.10',
    protocol: 'qosst',
    target: { kind: 'address', host: address.host, port: address.port },
    side: 'alice',
    dialect: 'qosst/0.2',
    readings: deployed,
    options: {},
    replyMs: 1500,
    replyMsAfter: busy,
    absent: ['errorCorrection', 'privacyAmplification', 'endOfFrame'],
    never: [],
    safe: false,
    start: null,
    reset: null,
  };
}
