import { ends, messages, requirements, slots, type MessageName } from '#models/etsi-004/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { encodeRecord, RecordDecoder, type BundleRecord } from '#src/base/records.ts';
import type { Dice, FrameOp, Fuzzing } from '#src/contract/fuzz.ts';
import type { Position } from '#src/contract/position.ts';
import { conversationAt, sideOf } from './context.ts';
import { callRow, type Etsi004Bend } from './codec.ts';
import { jsonText } from '#src/wire/json-text.ts';
import { rareContents } from './rare-contents.ts';
import { writtenForms } from './written-forms.ts';

const op = (decides: Requirement, bend: (dice: Dice) => Etsi004Bend): FrameOp<Etsi004Bend> => ({
  decides,
  bend,
});

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'post', 'X'];
const paths = [
  ...Object.values(messages).flatMap((row) => ('path' in row ? row.path : [])),
  ...['/', '//', '/api', '/api/v1/kms/etsi004', '/api/v1/kms/etsi004/', '*', '/%00'],
];
const codes = [100, 102, 199, 200, 201, 204, 205, 301, 400, 404, 418, 500, 503, 599];
const lengths = ['-1', '0', '1', '1e3', 'x', '', '99999999999', '0x10', '+5', '5, 5', '5, 6'];
/** In frames over TCP; the service that ends servers is not among them. */
const serviceBytes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 128, 254];
const payloadLengths = [0, 1, 15, 16, 17, 24, 2 ** 16, 2 ** 24, 2 ** 31, 2 ** 32 - 1];
const headerLines = [
  ...['X-Long: '.padEnd(9000, 'x'), 'Host: other', 'Content-Length: 3', ': no name', 'no colon'],
  ...['Transfer-Encoding: gzip', 'Expect: 100-continue', 'Upgrade: h2c', 'X: \u0001'],
];
const typeLines = [
  ...['Content-Type: application/json; charset=utf-8', 'Content-Type: Application/JSON'],
  ...['content-type:application/json', 'Content-Type: application/json;charset="UTF-8"'],
];
const versions = ['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTP/1.1', ''];
const lastChunks = ['', '0\r\n', 'x\r\n\r\n', '-1\r\n\r\n', 'ffffffffff\r\n\r\n'];

const { transportIsHttp, lengthsRight, hostNamed, methodsOfCalls, pathsOfCalls } = requirements;
const { successCodes, formsUnderstood, oneAnswerACall, contentTypeJson, everyCallAnswered } =
  requirements;

/** Ways to bend a frame of ETSI 004 around its content. */
const frames = {
  method: op(methodsOfCalls, ([which = 0]) => ({ method: pick(methods, which) })),
  path: op(pathsOfCalls, ([which = 0]) => ({
    target: pick(paths, which),
    service: pick(serviceBytes, which),
  })),
  query: op(pathsOfCalls, ([seed = 0]) => ({ target: `${pick(paths, seed)}?q=${seed}` })),
  code: op(successCodes, ([which = 0]) => ({ code: pick(codes, which) })),
  version: op(transportIsHttp, ([which = 0]) => ({
    startLine: `POST ${callRow('openConnect')?.path ?? '/'} ${pick(versions, which)}`,
    version: [which % 4, (which >>> 2) % 4, (which >>> 4) % 256],
  })),
  lengthOdd: op(lengthsRight, ([which = 0]) => ({
    length: pick(lengths, which),
    payloadLength: pick(payloadLengths, which),
  })),
  lengthMissing: op(lengthsRight, () => ({ length: null })),
  hostMissing: op(hostNamed, () => ({ omit: ['host'] })),
  hostTwice: op(hostNamed, () => ({ extra: ['Host: other'] })),
  typeMissing: op(contentTypeJson, () => ({ omit: ['content-type'] })),
  typeForms: op(formsUnderstood, ([which = 0]) => ({
    omit: ['content-type'],
    extra: [pick(typeLines, which)],
  })),
  headerOdd: op(transportIsHttp, ([which = 0]) => ({ extra: [pick(headerLines, which)] })),
  namesOfCase: op(transportIsHttp, ([which = 0]) => ({
    names: which % 2 === 0 ? 'lower' : 'upper',
  })),
  lineFeeds: op(transportIsHttp, () => ({ lineEnd: '\n' })),
  chunked: op(lengthsRight, ([size = 0]) => ({ chunked: { sizes: [1 + (size % 40)] } })),
  chunksExtended: op(lengthsRight, ([size = 0]) => ({
    chunked: { sizes: [1 + (size % 40)], extension: ';a=b', trailers: ['X: y'] },
  })),
  chunksBroken: op(lengthsRight, ([which = 0]) => ({
    chunked: { sizes: [7], last: pick(lastChunks, which) },
  })),
  otherEnd: op(oneAnswerACall, ([which = 0]) => ({ end: pick(ends, which) })),
  ...writtenForms,
  ended: op(everyCallAnswered, () => ({ leaves: 'ended' })),
  /** Behind an answer it would leave open whether that arrived. */
  reset: {
    decides: everyCallAnswered,
    bend: (_, { message }) =>
      isName(message) && callRow(message) !== null ? { leaves: 'reset' } : { leaves: 'ended' },
  },
} as const satisfies Readonly<Record<string, FrameOp<Etsi004Bend>>>;

/** The records in some bytes. */
function recordsIn(bytes: Uint8Array): readonly BundleRecord[] {
  return new RecordDecoder()
    .push(bytes)
    .flatMap((piece) => (piece.kind === 'bad' || piece.kind === 'route' ? [] : [piece]));
}

/** Ends the connection of the last record. */
function finish(bytes: Uint8Array): Uint8Array {
  const last = recordsIn(bytes).at(-1);
  const nothing = new Uint8Array(0);
  return last === undefined ? nothing : encodeRecord({ ...last, kind: 'ended', bytes: nothing });
}

/** A call once more, over the next connection of its end; nothing where it is none. */
function again(bytes: Uint8Array, speaker: string, position: Position): Uint8Array {
  const side = sideOf(speaker);
  const by = side === 'kms' ? 0 : 1;
  const calls = recordsIn(bytes).filter((record) => record.kind === 'data' && record.by === by);
  const end = calls[0]?.end ?? 0;
  const connection = conversationAt(position).connections[end === 0 ? 'a' : 'b'][side];
  return Buffer.concat(calls.map((record) => encodeRecord({ ...record, connection })));
}

/** The ids of streams are today's: as long as those of then, wherever they stand. */
function renew(bytes: Uint8Array, then: Position, today: Position): Uint8Array {
  const [before, now] = [conversationAt(then).slots, conversationAt(today).slots];
  const text = slots.reduce((said, slot) => {
    const [old, fresh] = [before[slot]?.id ?? '', now[slot]?.id ?? ''];
    return old.length === fresh.length && old !== '' ? said.replaceAll(old, fresh) : said;
  }, Buffer.from(bytes).toString('latin1'));
  return Buffer.from(text, 'latin1');
}

/** What a campaign bends in ETSI 004 besides bytes, contents and order. */
export const fuzzing: Fuzzing<Etsi004Bend> = {
  /** Keys as often as a slow device can make them: there is much to be seen in little time. */
  options: { qos: { max_bps: 25_600 } },
  frames,
  contents: (message, making) => (isName(message) ? rareContents(message, making) : []),
  finish,
  again,
  renew,
  rawContent: (bytes) => ({ body: bytes }),
  contentText: (content) => (content === undefined ? '' : jsonText(content)),
};

function isName(message: string): message is MessageName {
  return Object.hasOwn(messages, message);
}

function pick<T>(list: readonly [T, ...T[]] | readonly T[], dice: number): T {
  const chosen = list[dice % list.length];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}
