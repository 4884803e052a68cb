import { all, isSame } from '../fields.ts';
import { requirements } from '../requirements.ts';
import { mayFail, mustSucceed, unless, type Rule } from './rule.ts';
import { unchanged } from './targets.ts';

const query: Rule = {
  outlook: ({ payload }) =>
    all(payload, 'QueryFunction').length === 0
      ? mayFail(requirements.queryAnswered, 'item')
      : mustSucceed(requirements.queryAnswered, 'item'),
  misfit: ({ payload }, answer) => {
    const asked = all(payload, 'QueryFunction');
    const isUnasked = asked.length > 0 && !asked.includes('QueryOperations');
    return (
      unless(
        !isUnasked || all(answer, 'Operation').length === 0,
        requirements.queryAnswered,
        'got operations, which were not asked for',
      ) ??
      unless(
        !asked.includes('QueryOperations') || all(answer, 'Operation').length > 0,
        requirements.queryAnswered,
        'expected the operations, which were asked for',
      )
    );
  },
  after: unchanged,
};

const discoverVersions: Rule = {
  outlook: () => mustSucceed(requirements.versionsAnswered),
  misfit: ({ payload }, answer) => {
    const asked = all(payload, 'ProtocolVersion');
    const told = all(answer, 'ProtocolVersion');
    const isAmong = told.every((version) => asked.some((one) => isSame(one, version)));
    return (
      unless(
        asked.length === 0 || isAmong,
        requirements.versionsAnswered,
        'got a version that was not asked for',
      ) ??
      unless(
        asked.length > 0 || told.length > 0,
        requirements.versionOfTalkKnown,
        'expected at least one version',
      )
    );
  },
  after: unchanged,
};

/** The operations about the server itself. */
export const server = { query, discoverVersions } as const satisfies Readonly<Record<string, Rule>>;
