import { describe, expect, it } from 'vitest';
import { select } from '#src/cli/select.ts';

const items = [
  { id: 'qosst/challenge/stale', tags: ['MUST', 'hostile', 'requirement:qosst/challengeEchoed'] },
  { id: 'qosst/challenge/fresh', tags: ['SHOULD'] },
  { id: 'qosst/framing/short', tags: ['MUST', 'slow'] },
  { id: 'kmip/challenge/other', tags: ['MUST'] },
];
const chosen = (...selectors: string[]) => select(items, selectors).map(({ id }) => id);

describe('a selection', () => {
  it.each<[string, string[], string[]]>([
    ['nothing', [], items.map(({ id }) => id)],
    ['a whole id', ['qosst/challenge/stale'], ['qosst/challenge/stale']],
    ['a folder', ['qosst/challenge'], ['qosst/challenge/stale', 'qosst/challenge/fresh']],
    ['one level below', ['qosst/*/short'], ['qosst/framing/short']],
    ['all levels below', ['kmip/**'], ['kmip/challenge/other']],
    ['a path without protocol', ['framing/*'], ['qosst/framing/short']],
    ['a tag', ['@SHOULD'], ['qosst/challenge/fresh']],
    ['a tag in lower case', ['@should'], ['qosst/challenge/fresh']],
    ['a requirement', ['@requirement:qosst/challengeEchoed'], ['qosst/challenge/stale']],
    [
      'two, in the order of the items',
      ['@slow', '@hostile'],
      ['qosst/challenge/stale', 'qosst/framing/short'],
    ],
    ['one without another', ['@MUST', '!qosst/**'], ['kmip/challenge/other']],
    ['all without a bare word', ['!slow', '!@hostile', '!kmip/**'], ['qosst/challenge/fresh']],
    [
      'all without a tag that nothing bears',
      ['@SHOULD', '!destructive'],
      ['qosst/challenge/fresh'],
    ],
  ])('takes %s', (_, selectors, ids) => expect(chosen(...selectors)).toEqual(ids));

  it('refuses a path that names nothing, with the nearest', () => {
    expect(() => chosen('@MUST', 'qosst/chalenge/*')).toThrow(
      /did you mean 'qosst\/challenge\/\*'/,
    );
  });

  it('refuses a tag that nothing bears, with the nearest', () => {
    expect(() => chosen('@hostle')).toThrow(/did you mean '@hostile'/);
    expect(() => chosen('!hostle')).toThrow(/names nothing/);
  });

  it('refuses to choose nothing', () => {
    expect(() => chosen('@slow', '!qosst/**')).toThrow(/nothing is left/);
  });

  it('takes a dot for a dot', () => {
    expect(() => chosen('qosst.challenge.stale')).toThrow(/names nothing/);
  });
});
