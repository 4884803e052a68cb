import { requirements } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Dice, FrameOp, Fuzzing } from '#src/contract/fuzz.ts';
import type { Making } from '#src/contract/protocol.ts';
import { jsonText } from '#src/wire/json-text.ts';
import type { CentralKmsBend } from './codec.ts';
import { contentsIn } from './contents.ts';
import { conversationAt } from './context.ts';
import { isText, rareContents } from './rare-contents.ts';

const op = (
  decides: Requirement,
  bend: (dice: Dice) => CentralKmsBend,
): FrameOp<CentralKmsBend> => ({ decides, bend });

const reserved = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];
const closeCodes = [0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535];
const lengths = [0n, 1n, 125n, 126n, 65_535n, 65_536n, 2n ** 31n, 2n ** 63n, 2n ** 64n - 1n];
const omitted = [
  ...['host', 'upgrade', 'connection', 'sec-websocket-key'],
  ...['sec-websocket-version', 'sec-websocket-accept'],
];
const headerLines = [
  ...['Upgrade: h2c', 'Connection: close', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Version: 99'],
  ...['Sec-WebSocket-Protocol: x-unknown', 'Sec-WebSocket-Extensions: x-unknown'],
  ...['Content-Length: 5', ': no name', 'no colon', 'X-Long: '.padEnd(9000, 'x')],
];
const brokenTexts = ['80', 'c0af', 'eda080', 'f4908080', 'ff', '7be282'];

/** Ways to write a JSON-RPC object, besides its members. */
const texts: readonly ((text: string) => string)[] = [
  (text) => `[${text}]`,
  (text) => `${text}${text}`,
  (text) => `[${text},${text}]`,
  (text) => `\n\t ${text} \r\n`,
  (text) => text.replace('"2.0"', '"1.0"'),
  (text) => text.replace('"jsonrpc"', '"jsonRpc"'),
  (text) => text.replace(/"id":"[^"]*",?/, ''),
  (text) => text.replace(/"id":"[^"]*"/, '"id":null'),
  (text) => text.replace(/"id":"[^"]*"/, '"id":7'),
  (text) => text.replace(/"id":"[^"]*"/, '"id":1.5'),
  (text) => text.replace(/"id":"[^"]*"/, '"id":[]'),
  (text) => text.replace(/"method":"([^"]*)"/, '"method":"rpc.$1"'),
  (text) => text.replace(/"method":"([^"]*)"/, '"method":"$1x"'),
  (text) => text.replace(/"method":"[^"]*"/, '"method":7'),
  (text) => text.replace(/"params":\{/, '"params":[],"also":{'),
  (text) => text.replace(/"params":\{/, '"params":"x","also":{'),
  (text) => text.replace(/"result":/, '"result":null,"error":'),
  (text) => text.replace(/"code":(-?\d+)/, '"code":"$1"'),
];

const { reservedBitsZero, opcodesKnown, brokenFrameFails, controlFrames, textIsUtf8 } =
  requirements;
const { fragmentsJoined, fragmentsOrdered, badUpgradeRefused, closeCodes: codes } = requirements;

const frames = {
  rsv: op(reservedBitsZero, ([bits = 0]) => ({ rsv: 1 + (bits % 7) })),
  opcode: op(opcodesKnown, ([which = 0]) => ({ opcode: pick(reserved, which) })),
  otherKind: op(requirements.messagesAreText, ([which = 0]) => ({
    kind: pick(['text', 'binary', 'ping', 'pong', 'close', 'continuation'], which),
  })),
  maskMissing: op(requirements.clientMasks, () => ({ mask: null })),
  maskOther: op(requirements.serverUnmasked, ([key = 0]) => ({ mask: fourBytes(key) })),
  unfinished: op(fragmentsOrdered, () => ({ fin: false })),
  length: op(brokenFrameFails, ([which = 0]) => ({ length: pick(lengths, which) })),
  fragments: op(fragmentsJoined, ([one = 0, two = 0]) => ({
    fragments: [1 + (one % 60), 1 + (two % 60)],
  })),
  emptyPayload: op(requirements.textIsJson, () => ({ raw: new Uint8Array(0) })),
  longPayload: op(controlFrames, ([length = 0]) => ({ raw: Buffer.alloc(length % 300, 0x20) })),
  brokenText: op(textIsUtf8, ([which = 0]) => ({
    raw: Buffer.from(pick(brokenTexts, which), 'hex'),
  })),
  closeCode: op(codes, ([which = 0]) => {
    const code = pick(closeCodes, which);
    return { kind: 'close', raw: Uint8Array.of(code >> 8, code & 0xff) };
  }),
  headerMissing: op(badUpgradeRefused, ([which = 0]) => ({
    http: { omit: [pick(omitted, which)] },
  })),
  headerOdd: op(badUpgradeRefused, ([which = 0]) => ({
    http: { extra: [pick(headerLines, which)] },
  })),
  namesOfCase: op(requirements.upgradeRequest, ([which = 0]) => ({
    http: { names: which % 2 === 0 ? 'lower' : 'upper' },
  })),
  method: op(badUpgradeRefused, ([which = 0]) => ({
    method: pick(['POST', 'HEAD', 'get', 'OPTIONS'], which),
  })),
  envelope: {
    decides: requirements.versionGiven,
    bend: ([which = 0], { message, making }) => ({
      raw: Buffer.from(pick(texts, which)(canonicalText(message, making))),
    }),
  },
} as const satisfies Readonly<Record<string, FrameOp<CentralKmsBend>>>;

/** What a campaign bends in the central KMS socket besides bytes, contents and order. */
export const fuzzing: Fuzzing<CentralKmsBend> = {
  frames,
  contents: rareContents,
  rawContent: (bytes) => ({ raw: bytes }),
  contentText: (content) => (content === undefined ? '' : jsonText(content)),
};

function canonicalText(message: string, making: Making): string {
  if (!isText(message)) return '{}';
  return jsonText(contentsIn(message, conversationAt(making.position), making)[0]);
}

function fourBytes(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function pick<T>(list: readonly T[], dice: number): T {
  const chosen = list[dice % list.length];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}
