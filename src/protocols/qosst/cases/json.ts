import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { recall } from '../context.ts';
import type { QosstPlayer } from './case.ts';
import { aliceTable, identified, type Row } from './table.ts';

const request = 'identificationRequest';

/** Members of an identification, in spellings of JSON that are legal. */
const legal: Readonly<Record<string, (text: string) => string>> = {
  compact: (text) => JSON.stringify(JSON.parse(text)),
  indented: (text) => JSON.stringify(JSON.parse(text), null, '\t'),
  'members-reversed': (text) =>
    JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).toReversed())),
  'duplicate-member': (text) => text.replace('{', '{"qosst_version": "QOSST/9.9", '),
  'escaped-names': (text) => text.replace('"serial', '"\\u0073erial'),
  'raw-unicode': (text) => text.replace('"QOSST/0002"', '"Büro €😀"'),
  'escaped-unicode': (text) => text.replace('"QOSST/0002"', '"\\u20ac\\ud83d\\ude00"'),
  'lone-surrogate': (text) => text.replace('"QOSST/0002"', '"\\ud83d"'),
  'escaped-nul': (text) => text.replace('"QOSST/0002"', '"\\u0000"'),
  'more-members': (text) => text.replace('{', '{"note": [1, {"two": null}], '),
  'prototype-member': (text) => text.replace('{', '{"__proto__": {"qosst_version": "QOSST/9.9"}, '),
  'constructor-member': (text) => text.replace('{', '{"constructor": null, "toString": 5, '),
  'long-text': (text) => text.replace('"QOSST/0002"', `"${'S'.repeat(20_000)}"`),
  'numbers-of-all-kinds': (text) =>
    text.replace('{', '{"n": [-0, 1e400, 1E-400, 0.1e+1, 9007199254740993, -1.5], '),
  'nested-fifty-levels': (text) =>
    text.replace('{', `{"deep": ${'['.repeat(50)}${']'.repeat(50)}, `),
  'nested-two-thousand-levels': (text) =>
    text.replace('{', `{"deep": ${'['.repeat(2000)}${']'.repeat(2000)}, `),
  'five-thousand-digits': (text) => text.replace('{', `{"n": ${'7'.repeat(5000)}, `),
};

/** Contents that are no JSON. */
const broken: Readonly<Record<string, (text: string) => string | Uint8Array>> = {
  'one-brace': () => '{',
  'missing-brace': (text) => text.slice(0, -1),
  'trailing-comma': (text) => text.replace(/\}$/, ',}'),
  'leading-comma': (text) => text.replace('{', '{,'),
  'single-quotes': (text) => text.replaceAll('"', "'"),
  'unquoted-names': (text) => text.replace('"serial_number"', 'serial_number'),
  comment: (text) => `${text} // hello`,
  'two-objects': (text) => `${text}${text}`,
  'nul-behind': (text) => `${text}\0`,
  'byte-order-mark': (text) => `\ufeff${text}`,
  'not-a-number': (text) => text.replace('{', '{"n": NaN, '),
  infinity: (text) => text.replace('{', '{"n": -Infinity, '),
  'hexadecimal-number': (text) => text.replace('{', '{"n": 0x10, '),
  'leading-zero': (text) => text.replace('{', '{"n": 007, '),
  'raw-control-character': (text) => text.replace('QOSST/0002', 'two\nlines'),
  'invalid-escape': (text) => text.replace('QOSST/0002', '\\x41'),
  'invalid-utf8': (text) => Buffer.from(text.replace('QOSST/0002', '\u00e9\u00ff'), 'latin1'),
  'overlong-utf8': (text) => Buffer.from(text.replace('QOSST/0002', '\u00c0\u00af'), 'latin1'),
  'utf-16': (text) => Buffer.from(text, 'utf16le'),
  'only-spaces': () => '   ',
  xml: () => '<serial_number>QOSST/0002</serial_number>',
  'python-words': (text) => text.replace('{', '{"n": None, '),
};

const said = (bob: QosstPlayer) =>
  `{"serial_number": "QOSST/0002", "qosst_version": ${JSON.stringify(recall(bob.context).version)}}`;

/** What counts as JSON in the content, besides which members it has. */
export const json: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'json/accepted',
    { from: identified, reusable: true, covers: [requirements.contentIsJson] },
    table(legal, (name, rewrite) => ({
      title: `Alice reads content that is JSON in another spelling: ${name.replaceAll('-', ' ')}`,
      play: (bob) => bob.say(request, { frame: { content: Buffer.from(rewrite(said(bob))) } }),
    })),
  ),
  ...aliceTable(
    'json/refused',
    {
      from: 'link.unidentified',
      reusable: true,
      tags: ['hostile'],
      covers: [requirements.contentIsJson, requirements.malformedFrameAnswered],
    },
    table(broken, (name, rewrite) => ({
      title: `Alice refuses content that is no JSON: ${name.replaceAll('-', ' ')}`,
      covers: [requirements.invalidContentAnswered],
      play: (bob) => bob.say(request, { frame: { content: bytesOf(rewrite(said(bob))) } }),
    })),
  ),
  ...aliceTable(
    'json/empty',
    { reusable: true, covers: [requirements.contentIsJson] },
    {
      'object-where-all-is-optional': {
        title: 'Alice takes an empty object where every member is optional',
        from: identified,
        play: (bob) => bob.say('invalidResponse', { frame: { content: Buffer.from('{}') } }),
      },
      'object-in-qie-request': {
        title: 'Alice takes an empty object in QIE_REQUEST as no UUID',
        from: 'quantumInformationExchange.requesting',
        reusable: false,
        play: (bob) => bob.say('qieRequest', { frame: { content: Buffer.from('{}') } }),
      },
      'object-where-none-belongs': {
        title: 'Alice takes an empty object for no content',
        from: 'parameterEstimation.estimating',
        covers: [requirements.contentlessHasNone],
        play: (bob) => bob.say('peNphotonRequest', { frame: { content: Buffer.from('{}') } }),
      },
      'object-where-a-member-is-needed': {
        title: 'Alice refuses an empty object where a member is needed',
        from: identified,
        covers: [requirements.invalidContentAnswered],
        tags: ['hostile'],
        play: (bob) => bob.say('initializationRequest', { frame: { content: Buffer.from('{}') } }),
      },
      'nothing-where-a-member-is-needed': {
        title: 'Alice refuses no content where a member is needed',
        from: identified,
        covers: [requirements.invalidContentAnswered],
        tags: ['hostile'],
        play: (bob) => bob.say('initializationRequest', { content: undefined }),
      },
      'content-where-none-belongs': {
        title: 'Alice passes over content where none belongs',
        from: 'parameterEstimation.estimating',
        covers: [requirements.contentlessHasNone],
        tags: ['hostile'],
        play: (bob) => bob.say('peNphotonRequest', { content: { note: 'hello' } }),
      },
    },
  ),
];

function table<Value>(
  entries: Readonly<Record<string, Value>>,
  row: (name: string, value: Value) => Row,
): Readonly<Record<string, Row>> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [name, row(name, value)]),
  );
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text) : text;
}
