import { requirements } from '#models/qosst/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { answerCase, takes, type Bent } from './client-case.ts';

const objects = [requirements.invalidResponseSent];
/** An answer without content, early in the session; and one with content. */
const plain = { from: 'initialization.answering', message: 'initializationAccepted' } as const;
const full = { from: 'identification.answering', message: 'identificationResponse' } as const;

const header = (rewrite: (text: string) => string | Uint8Array): Bent => ({
  frame: { header: rewrite },
});
const frame = (bend: QosstBend): Bent => ({ frame: bend });

interface Row {
  readonly name: string;
  readonly what: string;
  readonly bend: Bent;
  readonly covers?: Case['covers'];
}

/** Answers that cannot be read. */
const unreadable: readonly Row[] = [
  {
    name: 'header-cut-short',
    what: 'is half a JSON text',
    bend: header((text) => text.slice(0, -3)),
  },
  { name: 'header-empty', what: 'is empty', bend: header(() => '') },
  { name: 'header-array', what: 'is an array', bend: header((text) => `[${text}]`) },
  { name: 'header-text', what: 'is a string', bend: header(() => '"121"') },
  { name: 'header-null', what: 'is null', bend: header(() => 'null') },
  {
    name: 'header-single-quotes',
    what: 'is Python, not JSON',
    bend: header((text) => text.replaceAll('"', "'")),
  },
  {
    name: 'header-not-utf8',
    what: 'is not UTF-8',
    bend: header((text) => Buffer.from(text.replace('code', 'c\u00ffde'), 'latin1')),
  },
  { name: 'no-code', what: 'has no code', bend: frame({ omit: ['code'] }) },
  { name: 'no-content-length', what: 'has no length', bend: frame({ omit: ['content_length'] }) },
  { name: 'no-challenge', what: 'has no challenge', bend: frame({ omit: ['challenge'] }) },
  {
    name: 'no-next-challenge',
    what: 'issues no challenge',
    bend: frame({ omit: ['next_challenge'] }),
  },
  { name: 'code-text', what: 'has a code in quotes', bend: frame({ code: '121' }) },
  {
    name: 'code-null',
    what: 'has the code null',
    bend: header((text) => text.replace('121', 'null')),
  },
  { name: 'code-list', what: 'has a list of codes', bend: frame({ code: [121] }) },
  { name: 'length-text', what: 'has a length in quotes', bend: frame({ contentLength: '0' }) },
  { name: 'length-negative', what: 'has a negative length', bend: frame({ contentLength: -1 }) },
  { name: 'length-fraction', what: 'has half a byte', bend: frame({ contentLength: 0.5 }) },
  {
    name: 'lengths-swapped',
    what: 'is where the digest belongs',
    bend: frame({ lengthOrder: 'digestFirst' }),
  },
];

/** Answers whose seal is broken. */
const unsealed: readonly Row[] = [
  { name: 'digest-flipped', what: 'differs in one bit', bend: digest((honest) => flipped(honest)) },
  {
    name: 'digest-short',
    what: 'lacks its last byte',
    bend: digest((honest) => honest.subarray(0, -1)),
  },
  {
    name: 'digest-long',
    what: 'has a byte too many',
    bend: digest((honest) => Buffer.concat([honest, Buffer.alloc(1)])),
  },
  { name: 'digest-empty', what: 'is missing', bend: digest(() => new Uint8Array(0)) },
  { name: 'digest-zero', what: 'is zero', bend: digest((honest) => new Uint8Array(honest.length)) },
  {
    name: 'header-changed',
    what: 'is that of another header',
    bend: { bytes: (whole) => changed(whole, 'next_challenge": "', 'A') },
  },
];

/** Unusual ways to write a good answer. */
const unusual: readonly Row[] = [
  {
    name: 'header-extra-member',
    what: 'a further member in the header',
    bend: frame({ extra: { version: 'QOSST/0.2', hops: [1, 2] } }),
    covers: [requirements.headerExtrasTolerated],
  },
  {
    name: 'header-compact',
    what: 'no spaces in the header',
    bend: header((text) => JSON.stringify(JSON.parse(text))),
  },
  {
    name: 'header-indented',
    what: 'a header on several lines',
    bend: header((text) => JSON.stringify(JSON.parse(text), null, 2)),
  },
  {
    name: 'header-reversed',
    what: 'the members of the header in another order',
    bend: header((text) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).toReversed())),
    ),
  },
  {
    name: 'header-escaped',
    what: 'escapes for plain letters',
    bend: header((text) => text.replace('"code"', '"\\u0063ode"')),
  },
];

/** The same answer in several segments, and several times the smallest. */
const splits: readonly { name: string; at: (bytes: Uint8Array) => readonly number[] }[] = [
  { name: 'in-halves', at: (bytes) => [Math.floor(bytes.length / 2)] },
  { name: 'after-fixed-header', at: () => [4] },
  { name: 'within-fixed-header', at: () => [1, 3] },
  { name: 'after-digest', at: () => [36] },
  { name: 'before-last-byte', at: (bytes) => [bytes.length - 1] },
  { name: 'byte-by-byte', at: (bytes) => Array.from(bytes.subarray(1), (_, index) => index + 1) },
];

/** What Bob makes of answers that are framed otherwise than usual. */
export const clientFraming: readonly Case<QosstBend>[] = [
  ...unreadable.map(({ name, what, bend, covers }) =>
    answerCase({
      id: `client-framing/${name}`,
      title: `Bob objects to an answer whose header ${what}`,
      covers: covers ?? objects,
      ...plain,
      bend,
    }),
  ),
  answerCase({
    id: 'client-framing/content-not-json',
    title: 'Bob objects to an answer whose content is no JSON',
    covers: objects,
    ...full,
    bend: frame({ content: Buffer.from('{"serial_number": QOSST}') }),
  }),
  ...unsealed.map(({ name, what, bend }) =>
    answerCase({
      id: `client-framing/${name}`,
      title: `Bob identifies himself again after an answer whose digest ${what}`,
      covers: [requirements.unauthenticAnswerReidentifies, requirements.digestMatches],
      ...plain,
      bend,
    }),
  ),
  answerCase({
    id: 'client-framing/content-changed',
    title: 'Bob identifies himself again after an answer whose content was changed',
    covers: [requirements.unauthenticAnswerReidentifies, requirements.digestMatches],
    ...full,
    bend: { bytes: (whole) => changed(whole, 'serial_number": "', 'Z') },
  }),
  answerCase({
    id: 'client-framing/content-cut-short',
    title: 'Bob does not take an answer whose content is longer than it says',
    covers: [requirements.unauthenticAnswerReidentifies],
    ...full,
    bend: frame({ contentLength: 5 }),
  }),
  answerCase({
    id: 'client-framing/content-awaited',
    title: 'Bob waits for content that is announced and has not come',
    covers: [requirements.speaksOnlyWhenAsked, requirements.contentLengthCountsBytes],
    ...plain,
    play: async (alice) => {
      alice.write(alice.compose(plain.message, frame({ contentLength: 2 })));
      await alice.hear(waitMs);
    },
  }),
  ...unusual.map(({ name, what, bend, covers }) =>
    answerCase({
      id: `client-framing/${name}`,
      title: `Bob takes an answer with ${what}`,
      covers: covers ?? [requirements.headerIsJsonObject],
      ...plain,
      bend,
      expect: takes((covers ?? [])[0] ?? requirements.headerIsJsonObject, plain.message),
      tags: [],
    }),
  ),
  ...splits.map(({ name, at }) =>
    answerCase({
      id: `client-framing/split-${name}`,
      title: `Bob takes an answer that comes ${name.replaceAll('-', ' ')}`,
      covers: [requirements.bodyOrder, requirements.fixedHeaderFourBytes],
      ...full,
      play: async (alice) => {
        const bytes = alice.compose(full.message);
        let from = 0;
        for (const to of [...at(bytes), bytes.length]) {
          alice.write(bytes.subarray(from, to));
          from = to;
          await alice.pause(bytes.length > 8 && at(bytes).length > 4 ? 0 : segmentMs);
        }
      },
      expect: takes(requirements.bodyOrder, full.message),
      tags: [],
    }),
  ),
  answerCase({
    id: 'client-framing/content-in-utf8',
    title: 'Bob counts the bytes of a content, not its characters',
    covers: [requirements.contentLengthCountsBytes],
    ...full,
    bend: frame({ content: Buffer.from('{"serial_number": "QOSST/Zürich-Ω-\u{1F511}"}') }),
    expect: takes(requirements.contentLengthCountsBytes, full.message),
    tags: [],
  }),
  answerCase({
    id: 'client-framing/content-where-none',
    title: 'Bob goes on after an answer with content that it is described without',
    covers: [requirements.contentlessHasNone],
    ...plain,
    bend: { content: { remark: 'good luck' } },
  }),
  answerCase({
    id: 'client-framing/unlisted-member',
    title: 'Bob passes over a member of the content that is not described',
    covers: [requirements.contentIsJson],
    ...full,
    bend: { content: { serial_number: 'QOSST/0001', firmware: '1.2.3' } },
    tags: [],
  }),
];

/** Long enough for a client that does not wait, ms. */
const waitMs = 150;
/** Long enough for segments to arrive one by one, ms. */
const segmentMs = 5;

function digest(change: (honest: Uint8Array) => Uint8Array): Bent {
  return { frame: { digest: change } };
}

function flipped(honest: Uint8Array): Uint8Array {
  return honest.map((byte, index) => (index === 0 ? byte ^ 1 : byte));
}

/** Writes one letter over the first one behind a text, with the seal as it was. */
function changed(whole: Uint8Array, behind: string, letter: string): Uint8Array {
  const bytes = Buffer.from(whole);
  const at = bytes.indexOf(behind) + behind.length;
  const other = letter === String.fromCodePoint(bytes[at] ?? 0) ? 'q' : letter;
  bytes.write(other, at, 'latin1');
  return bytes;
}
