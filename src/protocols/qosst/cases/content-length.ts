import { requirements } from '#models/qosst/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { aliceTable, identified, writeAndHear, type Row } from './table.ts';

const request = 'identificationRequest';
const bare = 'requestPolarisationRecovery';

/** Values that are no length. */
const impossible: Readonly<Record<string, Json>> = {
  negative: -1,
  'very-negative': -(2 ** 40),
  fraction: 0.5,
  text: '0',
  null: null,
  true: true,
  list: [0],
  object: {},
};

/** Content of Bob's with characters of several bytes. */
const manyBytes = (bob: { serial: string; version: string }) =>
  Buffer.from(JSON.stringify({ serial_number: bob.serial, qosst_version: bob.version }), 'utf8');
const named = { serial: 'Büro €😀', version: 'QOSST/0.2' };

export const contentLength: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'content-length',
    { from: identified, reusable: true, tags: ['hostile'] },
    Object.fromEntries(
      Object.entries(impossible).map(([name, length]): [string, Row] => [
        name,
        {
          title: `Alice refuses a content length that is no length: ${name}`,
          covers: [requirements.headerMemberTypes],
          play: (bob) =>
            bob.say(bare, {
              frame: {
                header: (text) => JSON.stringify({ ...JSON.parse(text), content_length: length }),
              },
            }),
        },
      ]),
    ),
  ),
  ...aliceTable(
    'content-length',
    { from: identified, covers: [requirements.contentLengthCountsBytes] },
    {
      'counts-bytes': {
        title: 'Alice reads as many bytes as the content length says, not characters',
        reusable: true,
        play: (bob) => bob.say(request, { frame: { content: manyBytes(named) } }),
      },
      'counts-whitespace': {
        title: 'Alice reads whitespace around the content as part of it',
        reusable: true,
        play: (bob) =>
          bob.say(request, {
            frame: {
              content: Buffer.concat([Buffer.from(' \n'), manyBytes(named), Buffer.from('\t ')]),
            },
          }),
      },
      'counts-characters': {
        title: 'Alice refuses a frame whose content length counts characters',
        tags: ['hostile'],
        play: async (bob) => {
          const content = manyBytes(named);
          const contentLengthCharacters = [...content.toString('utf8')].length;
          const frame = { content, contentLength: contentLengthCharacters };
          await bob.say(request, { frame });
          await bob.reconnect();
        },
      },
      'too-short': {
        title: 'Alice refuses a frame whose content length is too small',
        tags: ['hostile'],
        play: async (bob) => {
          await bob.say(request, { frame: { contentLength: 10 } });
          await bob.reconnect();
        },
      },
      'zero-with-content': {
        title: 'Alice refuses a frame whose content length 0 hides its content',
        tags: ['hostile'],
        covers: [requirements.noContentHasLengthZero],
        play: async (bob) => {
          await bob.say(request, { frame: { contentLength: 0 } });
          await bob.reconnect();
        },
      },
      'too-long': {
        title: 'Alice waits for the content that was announced, then refuses what came',
        tags: ['hostile'],
        play: async (bob) => {
          const content = manyBytes(named);
          const frame = { content, contentLength: content.length + 5 };
          bob.write(bob.compose(request, { frame }));
          await bob.pause(5);
          await writeAndHear(bob, Buffer.from('junk!'));
        },
      },
      'announced-without-content': {
        title: 'Alice takes the next frame for content that was announced and not sent',
        tags: ['hostile'],
        play: async (bob) => {
          const next = bob.compose(bare);
          bob.write(bob.compose(bare, { frame: { contentLength: next.length } }));
          await bob.pause(5);
          await writeAndHear(bob, next);
        },
      },
    },
  ),
];
