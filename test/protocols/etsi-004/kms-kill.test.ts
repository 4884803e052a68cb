import { describe, expect, it } from 'vitest';
import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { playCase, type Bench } from '#src/suite/run-case.ts';
import { benchFor, profileOf } from './bench.ts';

const cases = etsi004.cases.filter(({ against }) => against === 'kms');
const mutants = etsi004.mutants.filter(({ side }) => side === 'kms');
/** A mutant that falls silent is waited for no longer, ms. */
const replyMs = 400;

/** A case that finds each of them out. */
const killers: Readonly<Record<string, string>> = {
  'kms-names-no-host': 'kms-conduct/http',
  'kms-counts-one-more': 'kms-conduct/http',
  'kms-get-key-by-post': 'kms-conduct/calls',
  'kms-closes-by-delete': 'kms-conduct/calls',
  'kms-path-of-device': 'kms-conduct/calls',
  'kms-content-untyped': 'kms-conduct/json',
  'kms-writes-python': 'kms-conduct/json',
  'kms-source-id-word': 'kms-conduct/destination-id',
  'kms-asks-for-no-quality': 'kms-conduct/open-connect',
  'kms-names-no-destination': 'kms-conduct/open-connect',
  'kms-source-is-name': 'kms-conduct/open-connect',
  'kms-chunk-size-text': 'kms-conduct/open-connect',
  'kms-rates-turned': 'kms-conduct/open-connect',
  'kms-other-id-at-destination': 'kms-conduct/destination-id',
  'kms-get-key-unnamed': 'kms-conduct/get-key',
  'kms-get-key-negative': 'kms-conduct/get-key',
  'kms-ignores-refusal': 'kms-refused/refused-with-id',
  'kms-asks-too-early': 'kms-refused/destination-slow',
  'kms-asks-after-close': 'kms-conduct/get-key',
  'kms-closes-again': 'kms-conduct/close',
  'kms-closes-other-stream': 'kms-conduct/close',
  'kms-never-closes': 'kms-conduct/close',
  'kms-closes-one-end': 'kms-conduct/close',
  'kms-accepts-malformed': 'kms/push-malformed',
  'kms-accepts-without-key': 'kms-bad-push/key-missing',
  'kms-accepts-large-index': 'kms-bad-push/index-too-large',
  'kms-takes-any-method': 'kms-bad-http/method-PUT',
  'kms-refuses-with-201': 'kms/push-of-unknown',
  'kms-accepts-with-400': 'kms-conduct/receipts',
  'kms-receipts-empty': 'kms-conduct/json',
  'kms-receipts-without-status': 'kms/key-accepted',
  'kms-answers-twice': 'kms-conduct/receipts',
  'kms-stalls-after-two': 'kms-delivery/one-by-one',
  'kms-stalls-after-malformed': 'kms-delivery/after-refusal',
  'kms-one-key-a-connection': 'kms-delivery/kept-alive',
  'kms-drops-crossing-keys': 'kms-closing/push-before-answer',
  'kms-takes-conflicting-keys': 'kms-delivery/other-under-same-index',
  'kms-counts-to-31-bits': 'kms-delivery/beyond-31-bits',
  'kms-stalls-at-repeats': 'kms-delivery/same-again',
  'kms-refuses-unknown-members': 'kms-forms/members-more',
  'kms-mixes-streams-up': 'kms-delivery/two-streams-same-index',
};

describe('the mutants of the KMS', () => {
  it('are at least fifteen, four of them deep', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(15);
    expect(mutants.filter(({ deep }) => deep).length).toBeGreaterThanOrEqual(4);
  });

  it.each(mutants)('$id is found out, and for what it does', async ({ id, breaks }) => {
    const { verdict, named } = await judged(id, caseNamed(killers[id] ?? ''));
    const due = [breaks.level === 'MUST' ? 'fail' : 'warn', breaks.id];
    /** Who leaves without a word leaves a key unanswered, where one is under way. */
    const unanswered = [requirements.pushAnswered.id, requirements.everyPushAnswered.id];
    const isLeaving = ['kms-never-closes', 'kms-closes-one-end'].includes(id);
    const isCrossed = isLeaving && unanswered.some((one) => one === named);
    expect([verdict, named]).toEqual(isCrossed ? ['fail', named] : due);
  });
});

describe('the cases against a KMS', () => {
  it('have ids of their own', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });
});

function caseNamed(name: string): Case {
  const found = cases.find(({ id }) => id === `etsi-004/${name}`);
  if (found === undefined) throw new Error(`there is no case '${name}'`);
  return found;
}

async function judged(mutant: string, played: Case) {
  await using target = await benchFor('kms', mutant);
  const bench: Bench = { ...target, replyMs, profile: profileOf('kms', mutant) };
  const { verdict } = await playCase(bench, played);
  return { verdict: verdict.verdict, named: verdict.violation?.requirement.id };
}
