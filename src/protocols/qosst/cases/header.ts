import { requirements } from '#models/qosst/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { replies } from './case.ts';
import { aliceTable, identified, type Row } from './table.ts';

type Header = NonNullable<QosstBend['header']>;

/** The header written in other ways that are JSON all the same. */
const legal: Readonly<Record<string, Header>> = {
  compact: (text) => JSON.stringify(JSON.parse(text)),
  indented: (text) => JSON.stringify(JSON.parse(text), null, 4),
  'spaces-around': (text) => ` \t\r\n${text}\n\n  `,
  'members-reversed': (text) =>
    JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).toReversed())),
  'escaped-names': (text) => text.replace('"code"', '"\\u0063ode"'),
  'escaped-solidus': (text) => text.replace('{', '{"a/b": "\\/", '),
  'duplicate-code': (text) => text.replace('{', '{"code": 222, '),
  'duplicate-challenge': (text) => text.replace('{', '{"next_challenge": "first", '),
  'integral-float-code': (text) => text.replace('"code": 100', '"code": 100.0'),
  'raw-unicode-extra': (text) => text.replace('{', '{"naïve €": "😀", '),
};

/** Further members: a header has at least the four. */
const extras: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  text: { note: 'hello' },
  nested: { meta: { list: [1, 2.5, null, { deep: true }] } },
  'look-alikes': { Code: 222, contentLength: 7, CHALLENGE: 'x', 'next-challenge': 'y' },
  'prototype-names': { constructor: 1, toString: 'x', hasOwnProperty: null },
  many: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`extra_${index}`, index])),
};

/** Headers that are no JSON object. */
const broken: Readonly<Record<string, Header>> = {
  'no-json': () => 'code=100',
  empty: () => '',
  list: (text) => `[${text}]`,
  string: (text) => JSON.stringify(text),
  number: () => '100',
  null: () => 'null',
  'trailing-comma': (text) => text.replace(/\}$/, ',}'),
  'missing-brace': (text) => text.slice(0, -1),
  'two-objects': (text) => `${text}${text}`,
  'single-quotes': (text) => text.replaceAll('"', "'"),
  comment: (text) => text.replace('{', '{/* hello */'),
  'byte-order-mark': (text) => `\ufeff${text}`,
  'nul-after': (text) => `${text}\0`,
  'not-a-number': (text) => text.replace('{', '{"extra": NaN, '),
  'leading-zero-code': (text) => text.replace('"code": ', '"code": 0'),
  'invalid-utf8': (text) => Buffer.from(text.replace('{', '{"x": "\u00ff", '), 'latin1'),
  'utf-16': (text) => Buffer.from(text, 'utf16le'),
};

const wrong: Readonly<Record<string, Json>> = {
  null: null,
  number: 5,
  boolean: true,
  list: ['x'],
  object: { x: 'y' },
};

const bare = 'requestPolarisationRecovery';
const shared = { from: identified, tags: ['hostile'] };
const refused = replies(requirements.malformedFrameAnswered, 'invalidContent');

export const header: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'header',
    { from: identified, reusable: true, covers: [requirements.headerIsJsonObject] },
    rows(legal, (name, rewrite) => ({
      title: `Alice accepts a header that is JSON in another spelling: ${name}`,
      play: (bob) => bob.say('identificationRequest', { frame: { header: rewrite } }),
    })),
  ),
  ...aliceTable(
    'header/extra-members',
    { from: identified, reusable: true, covers: [requirements.headerExtrasTolerated] },
    rows(extras, (name, extra) => ({
      title: `Alice accepts a header with further members: ${name}`,
      play: (bob) => bob.say('identificationRequest', { frame: { extra } }),
    })),
  ),
  ...aliceTable(
    'header/broken',
    { ...shared, reusable: true, covers: [requirements.malformedFrameAnswered] },
    rows(broken, (name, rewrite) => ({
      title: `Alice refuses a header that is no JSON object: ${name}`,
      covers: [requirements.headerIsJsonObject],
      play: (bob) => bob.say(bare, { frame: { header: rewrite } }),
    })),
  ),
  ...aliceTable(
    'header/missing',
    { ...shared, covers: [requirements.headerMembers] },
    rows({ code: 0, content_length: 0, challenge: 0, next_challenge: 0 }, (name) => ({
      title: `Alice refuses a header without ${name}`,
      play: (bob) => bob.say(bare, { frame: { omit: [name] } }),
    })),
  ),
  ...aliceTable(
    'header/missing',
    { ...shared, covers: [requirements.headerMembers] },
    {
      'all-four': {
        title: 'Alice refuses an empty object as header',
        play: (bob) => bob.say(bare, { frame: { header: () => '{}' } }),
        expect: refused,
      },
      'code-of-identification': {
        title: 'Alice refuses a first frame whose header has no code',
        play: (bob) => bob.say('identificationRequest', { frame: { omit: ['code'] } }),
      },
    },
  ),
  ...aliceTable(
    'header/challenge-type',
    { ...shared, covers: [requirements.headerMemberTypes] },
    rows(wrong, (name, challenge) => ({
      title: `Alice refuses a challenge that is no string: ${name}`,
      play: (bob) => bob.say(bare, { frame: { header: replaced('challenge', challenge) } }),
    })),
  ),
  ...aliceTable(
    'header/next-challenge-type',
    { ...shared, reusable: true, covers: [requirements.headerMemberTypes] },
    rows(wrong, (name, challenge) => ({
      title: `Alice refuses to be issued a challenge that is no string: ${name}`,
      play: async (bob) => {
        const rewrite = replaced('next_challenge', challenge);
        await bob.say('identificationRequest', { frame: { header: rewrite } });
        await bob.say('identificationRequest');
      },
    })),
  ),
];

function rows<Value>(
  table: Readonly<Record<string, Value>>,
  row: (name: string, value: Value) => Row,
): Readonly<Record<string, Row>> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, row(name, value)]));
}

function replaced(member: string, value: Json): Header {
  return (text) => JSON.stringify({ ...JSON.parse(text), [member]: value });
}
