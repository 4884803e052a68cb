import { requirements } from '#models/qosst/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { aliceTable, identified, type Row } from './table.ts';

/** Codes at the borders of the reserved ranges, and the first unassigned ones within them. */
const unassigned = [
  0, 1, 9, 18, 49, 55, 69, 74, 79, 80, 99, 103, 119, 126, 139, 146, 159, 168, 179, 192, 199, 203,
  219, 224, 229, 230, 255, 256,
];

/** Numbers beyond every range; some come close to a listed code when they are cut. */
const far: Readonly<Record<string, Json>> = {
  thousand: 1000,
  million: 1_000_000,
  'eight-bits-above-100': 100 + 2 ** 8,
  'sixteen-bits-above-100': 100 + 2 ** 16,
  'thirty-two-bits-above-100': 100 + 2 ** 32,
  'beyond-a-double': 2n ** 53n + 1n,
  'sixty-four-bits-above-100': 2n ** 64n + 100n,
  'minus-one': -1,
  'minus-two': -2,
  'minus-three': -3,
  'minus-four': -4,
  'minus-hundred': -100,
};

/** Codes that are no integers. */
const odd: Readonly<Record<string, Json>> = {
  text: '100',
  'empty-text': '',
  name: 'IDENTIFICATION_REQUEST',
  null: null,
  true: true,
  false: false,
  list: [100],
  'empty-list': [],
  object: { code: 100 },
  fraction: 100.5,
  small: 1e-6,
};

const bare = 'requestPolarisationRecovery';
const covers = [requirements.unknownCommandAnswered, requirements.unknownCommandReturnsCode];
const shared = { from: identified, reusable: true, tags: ['hostile'], covers };

export const codes: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'codes/unassigned',
    { ...shared, covers: [...covers, requirements.codesInReservedRanges] },
    Object.fromEntries(unassigned.map((code) => [String(code), unknown(String(code), code)])),
  ),
  ...aliceTable(
    'codes/far',
    { ...shared, covers: [...covers, requirements.errorCodesStayLocal] },
    Object.fromEntries(Object.entries(far).map(([name, code]) => [name, unknown(name, code)])),
  ),
  ...aliceTable(
    'codes/no-integer',
    { ...shared, covers: [...covers, requirements.headerMemberTypes] },
    Object.fromEntries(
      Object.entries(odd).map(([name, code]): [string, Row] => [
        name,
        {
          title: `Alice refuses a code that is no integer: ${name}`,
          play: (bob) =>
            bob.say(bare, {
              frame: { header: (text) => JSON.stringify({ ...JSON.parse(text), code }) },
            }),
        },
      ]),
    ),
  ),
  ...aliceTable(
    'codes',
    { tags: ['hostile'], covers },
    {
      'unknown-before-identification': {
        title: 'Alice refuses an unknown code before identification',
        covers: [requirements.codesInReservedRanges],
        play: (bob) => bob.say(bare, { frame: { code: 1000 } }),
      },
      'unknown-with-wrong-digest': {
        title: 'Alice refuses an unknown code in a frame whose digest is wrong',
        from: identified,
        covers: [requirements.unauthenticAnswered],
        play: (bob) =>
          bob.say(bare, { frame: { code: 1000, digest: (seal) => seal.map((byte) => byte ^ 1) } }),
      },
      'unknown-with-wrong-challenge': {
        title: 'Alice refuses an unknown code in a frame whose challenge is wrong',
        from: identified,
        covers: [requirements.unauthenticAnswered],
        play: (bob) => bob.say(bare, { frame: { code: 1000, challenge: 'NeverIssued0000' } }),
      },
      'unknown-with-content': {
        title: 'Alice refuses an unknown code whatever its content',
        from: identified,
        reusable: true,
        play: (bob) =>
          bob.say('abort', { content: { abort_message: 'Whatever.' }, frame: { code: 1000 } }),
      },
      'unknown-within-a-frame': {
        title: 'Alice goes on with the frame after an unknown code',
        from: 'parameterEstimation.estimating',
        reusable: true,
        play: async (bob) => {
          await bob.say(bare, { frame: { code: 199 } });
          await bob.say('peNphotonRequest');
        },
      },
      'several-in-a-row': {
        title: 'Alice returns the code of each of five unknown commands',
        from: identified,
        reusable: true,
        play: async (bob) => {
          for (const code of [18, 1000, 60, 255, -4]) await bob.say(bare, { frame: { code } });
        },
      },
    },
  ),
];

function unknown(name: string, code: Json): Row {
  return {
    title: `Alice does not know the code ${name.replaceAll('-', ' ')}, and says which it was`,
    play: (bob) => bob.say(bare, { frame: { code } }),
  };
}
