import { messages, requirements, type MessageName } from '#models/qosst/index.ts';
import { pythonJson, type Json } from '#src/base/json.ts';
import type { Dice, FrameOp, Fuzzing } from '#src/contract/fuzz.ts';
import { digestOf } from './codec/writer.ts';
import type { QosstBend } from './compose.ts';
import { conversationAt } from './context.ts';
import { rareContents } from './rare-contents.ts';

const codes: readonly number[] = Object.values(messages).map((row) => row.code);
const oddValues: readonly Json[] = [null, true, 0, -1, 1.5, '', 'x', [], {}, 2 ** 31, 2n ** 64n];

const { headerMembers, headerMemberTypes, headerIsJsonObject } = requirements;
const { digestMatches, challengeEchoed, codesInReservedRanges, contentLengthCountsBytes } =
  requirements;

const header = (rewrite: (text: string, dice: Dice) => string): FrameOp<QosstBend> => ({
  decides: headerIsJsonObject,
  bend: (dice) => ({ header: (text) => rewrite(text, dice) }),
});
const digest = (bend: (honest: Uint8Array, dice: Dice) => Uint8Array): FrameOp<QosstBend> => ({
  decides: digestMatches,
  bend: (dice) => ({ digest: (honest) => bend(honest, dice) }),
});

/** Ways to bend a frame of QOSST around its content. */
const frames = {
  digestFlipped: digest((honest, [at = 0, bit = 0]) =>
    honest.map((byte, index) => (index === at % honest.length ? byte ^ (1 << (bit % 8)) : byte)),
  ),
  digestShort: digest((honest, [less = 0]) => honest.slice(0, -1 - (less % honest.length))),
  digestLong: digest((honest) => Uint8Array.from([...honest, 0])),
  digestMissing: digest(() => new Uint8Array(0)),
  digestOfNothing: digest(() => digestOf(new Uint8Array(0), new Uint8Array(0))),
  challengeMade: {
    decides: challengeEchoed,
    bend: ([seed = 0]) => ({ challenge: `made-up-${seed % 1000}` }),
  },
  challengeEmpty: { decides: challengeEchoed, bend: () => ({ challenge: '' }) },
  challengeSwapped: {
    decides: challengeEchoed,
    bend: (_, { making }) => ({
      challenge: text(conversationAt(making.position).challengeFor.alice),
    }),
  },
  challengeOdd: {
    decides: headerMemberTypes,
    bend: ([which = 0]) => ({ challenge: oddValues[which % oddValues.length] ?? null }),
  },
  nextChallengeOdd: {
    decides: headerMemberTypes,
    bend: ([which = 0]) => ({ nextChallenge: oddValues[which % oddValues.length] ?? null }),
  },
  nextChallengeSized: {
    decides: challengeEchoed,
    bend: ([which = 0]) => ({
      nextChallenge: sizedChallenges[which % sizedChallenges.length] ?? '',
    }),
  },
  codeUnknown: {
    decides: codesInReservedRanges,
    bend: ([code = 0]) => ({ code: unknownCode(code) }),
  },
  codeOdd: {
    decides: codesInReservedRanges,
    bend: ([which = 0]) => ({ code: oddCode(which) }),
  },
  lengthOff: {
    decides: contentLengthCountsBytes,
    bend: ([by = 0]) => ({ contentLength: (honest) => offLength(by, honest) }),
  },
  lengthOdd: {
    decides: headerMemberTypes,
    bend: ([which = 0]) => ({ contentLength: oddLengths[which % oddLengths.length] ?? null }),
  },
  memberMissing: {
    decides: headerMembers,
    bend: ([which = 0]) => ({ omit: [names[which % names.length] ?? 'code'] }),
  },
  memberExtra: {
    decides: headerMembers,
    bend: ([which = 0]) => ({ extra: { [extras[which % extras.length] ?? 'x']: 1 } }),
  },
  headerCut: header((json, [at = 0]) => json.slice(0, at % json.length)),
  headerComma: header((json) => json.replace(/\}$/, ',}')),
  headerList: header((json) => `[${json}]`),
  headerEmpty: header(() => ''),
  headerNull: header((json) => `${json}\u0000`),
  headerSpaced: header((json) => ` ${json} `),
  headerMark: header((json) => `\ufeff${json}`),
  lengthsSwapped: {
    decides: requirements.lengthsInOrder,
    bend: () => ({ lengthOrder: 'digestFirst' }),
  },
  headerLengthOff: {
    decides: requirements.bodyOrder,
    bend: ([by = 0]) => ({ headerLength: 60 + (by % 80) }),
  },
} as const satisfies Readonly<Record<string, FrameOp<QosstBend>>>;

/** Challenges that are no words of fifteen letters: they are echoed all the same. */
const sizedChallenges = [
  ...[1, 16, 40, 100, 1000].map((length) => 'aB3'.repeat(length).slice(0, length)),
  ...[' x ', 'é\u0001', '"\\', '𝒳'],
];
const names = ['code', 'content_length', 'challenge', 'next_challenge'];
const extras = ['__proto__', 'constructor', 'x', 'Code', ''];
const oddLengths: readonly Json[] = [-1, 1.5, '0', null, true, [], 2 ** 31, 2n ** 64n];

/** What a campaign bends in QOSST besides bytes, contents and order. */
export const fuzzing: Fuzzing<QosstBend> = {
  frames,
  contents: (message, making) => (isMessage(message) ? rareContents(message, making) : []),
  rawContent: (bytes) => ({ content: bytes }),
  contentText: (content) => (isJson(content) ? pythonJson(content) : ''),
};

/** What a code has above its lowest bits: some look like known ones once they are cut. */
const highParts = [0, 0, 1024, 2 ** 16, 2 ** 32];

function unknownCode(dice: number): number {
  let code = (dice % 1024) + (highParts[Math.floor(dice / 1024) % highParts.length] ?? 0);
  while (codes.includes(code)) code += 1;
  return code;
}

function oddCode(dice: number): Json {
  const odd: readonly Json[] = ['100', null, true, [100], {}, -1, 100.5, 2n ** 64n];
  return odd[dice % odd.length] ?? null;
}

/** Shorter or longer than the truth, by 1 or 8; never negative. */
function offLength(dice: number, honest: number): number {
  const by = [1, 8, -1, -8][dice % 4] ?? 1;
  return Math.max(0, honest + by);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isJson(value: unknown): value is Json {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}

function isMessage(name: string): name is MessageName {
  return Object.hasOwn(messages, name);
}
