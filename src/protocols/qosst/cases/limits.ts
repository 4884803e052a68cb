import { requirements } from '#models/qosst/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { aliceTable, hearUpTo, identified, type Row } from './table.ts';

const request = 'identificationRequest';

/** The most that two bytes of length can say. */
const longestHeaderBytes = 0xffff;

/** Lengths of content that nobody sends. */
const announced: Readonly<Record<string, Json>> = {
  'sixteen-mebibytes-and-one': 2 ** 24 + 1,
  'two-gibibytes': 2 ** 31,
  'four-gibibytes': 2 ** 32,
  'largest-safe-integer': 2 ** 53 - 1,
  'sixty-four-bits': 2n ** 64n,
};

export const limits: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'limits/announced',
    { tags: ['hostile'], covers: [requirements.limitsRespected, requirements.serverDoesNotStop] },
    Object.fromEntries(
      Object.entries(announced).map(([name, contentLength]): [string, Row] => [
        name,
        {
          title: `Alice refuses, or waits for, content of a length that nobody sends: ${name.replaceAll('-', ' ')}`,
          play: async (bob) => {
            bob.write(bob.compose(request, { frame: { contentLength } }));
            await hearUpTo(bob, 1);
            await bob.reconnect();
          },
        },
      ]),
    ),
  ),
  ...aliceTable(
    'limits',
    { from: identified, reusable: true, covers: [requirements.limitsRespected] },
    {
      'longest-header': {
        title: 'Alice reads a header of 65,535 bytes',
        play: (bob) =>
          bob.say(request, {
            frame: { header: (text) => text.padEnd(longestHeaderBytes, ' ') },
          }),
      },
      'longest-header-of-members': {
        title: 'Alice reads a header with two thousand further members',
        play: (bob) =>
          bob.say(request, {
            frame: {
              extra: Object.fromEntries(
                Array.from({ length: 2000 }, (_, index) => [`member_${index}`, index]),
              ),
            },
          }),
      },
      'content-of-100-kilobytes': {
        title: 'Alice reads content as long as that of real requests for symbols',
        play: (bob) =>
          bob.say(request, {
            frame: {
              content: Buffer.from(
                `${' '.repeat(100_000)}{"serial_number": "QOSST/0002", "qosst_version": "QOSST/9.9"}`,
              ),
            },
          }),
        reusable: false,
      },
      'longest-digest': {
        title: 'Alice refuses a digest of 65,535 bytes',
        reusable: false,
        tags: ['hostile'],
        covers: [requirements.unauthenticAnswered],
        play: (bob) =>
          bob.say(request, { frame: { digest: () => new Uint8Array(longestHeaderBytes) } }),
      },
      'twelve-thousand-indices': {
        title: 'Alice answers a request for 12,500 symbols',
        from: 'parameterEstimation.estimating',
        covers: [requirements.symbolsAnswered],
        play: (bob) =>
          bob.say('peSymbolsRequest', {
            content: { indices: Array.from({ length: 12_500 }, (_, index) => index % 4) },
          }),
      },
    },
  ),
];
