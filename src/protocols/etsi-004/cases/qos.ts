import { member, requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { contentText } from '#src/wire/json-text.ts';
import { asked } from '../qos.ts';
import { answers, refuses } from './expect.ts';
import { openingWith, streamId } from './streams.ts';
import { rows, table } from './table.ts';

const members = ['key_chunk_size', 'max_bps', 'min_bps', 'jitter', 'priority', 'timeout', 'ttl'];
const names = Object.fromEntries(members.map((name) => [name.replaceAll('_', '-'), name]));

/** Whatever a device can do or not: it does not refuse for what it was left to choose. */
const chooses = answers(
  requirements.qosOpenMembers,
  { call: 'openConnect', end: 'a' },
  {
    opened: 'any',
    counterProposed: 'any',
    openRefused: [4, 6],
  },
);

const leftOpen = table(
  'qos',
  { against: 'qkd-device', covers: [requirements.qosOpenMembers], expect: chooses },
  {
    ...rows(names, (name) => ({
      title: `The device chooses where ${name} is null`,
      covers: [requirements.qosAnswered],
      play: (kms) => kms.say('openConnect', { content: openingWith(kms, { [name]: null }) }),
    })),
    ...Object.fromEntries(
      Object.entries(names).map(([row, name]) => [
        `${row}-absent`,
        {
          title: `The device chooses where ${name} is absent`,
          play: (kms) =>
            kms.say('openConnect', { content: openingWith(kms, { [name]: undefined }) }),
        } satisfies Parameters<typeof table>[2][string],
      ]),
    ),
    'all-null': {
      title: 'The device chooses everything where every member is null',
      covers: [requirements.qosAnswered],
      play: (kms) => {
        const open = Object.fromEntries(
          [...members, 'metadata_mimetype'].map((one) => [one, null]),
        );
        return kms.say('openConnect', { content: openingWith(kms, open) });
      },
    },
    'all-absent': {
      title: 'The device chooses everything where qos is empty',
      covers: [requirements.qosAnswered],
      play: (kms) => {
        const content = { ...openingWith(kms, {}), qos: {} };
        return kms.say('openConnect', { content });
      },
    },
  },
);

/** Values within 32 bits, but those of every case: whether they can be kept is the device's affair. */
const extremes = { zero: 0, largest: 2 ** 32 - 1 };
const usual: Readonly<Record<string, unknown>> = asked;

const possible = table(
  'qos',
  { against: 'qkd-device', covers: [requirements.openConnectAnswered, requirements.qosTypes] },
  Object.assign(
    {},
    ...Object.entries(names).map(([row, name]) =>
      Object.fromEntries(
        Object.entries(extremes)
          .filter(([, number]) => usual[name] !== number)
          .map(([value, number]) => [
            `${row}-${value}`,
            {
              title: `The device opens a stream whose ${name} is ${number}, or proposes another`,
              covers: [requirements.qosKept, requirements.counterProposalContent],
              play: (kms) =>
                kms.say('openConnect', { content: openingWith(kms, { [name]: number }) }),
            } satisfies Parameters<typeof table>[2][string],
          ]),
      ),
    ),
  ),
);

/** What is no unsigned integer of 32 bits, as it is written. */
const wrong = {
  'beyond-32-bits': '4294967296',
  'beyond-64-bits': '18446744073709551616',
  negative: '-1',
  fraction: '1.5',
  'tiny-fraction': '32.000001',
  text: '"32"',
  'text-null': '"null"',
  true: 'true',
  list: '[32]',
  object: '{"value":32}',
  'beyond-doubles': '1e400',
};

/** Numbers of another form, which JSON does not tell apart. */
const alike = { exponent: '1e3', 'trailing-zero': '64.0', 'minus-zero': '-0' };

/** The canonical open-connect with one member of qos written so. */
function written(content: object, name: string, text: string): Uint8Array {
  const marked = contentText({
    ...content,
    qos: { ...Object(member(content, 'qos')), [name]: 7e7 },
  });
  return Buffer.from(
    Buffer.from(marked).toString().replace(`"${name}":70000000`, `"${name}":${text}`),
  );
}

const types = table(
  'qos',
  { against: 'qkd-device', tags: ['hostile'], covers: [requirements.unfitRefused] },
  {
    ...Object.assign(
      {},
      ...['key_chunk_size', 'max_bps', 'ttl'].map((name) =>
        rows(
          Object.fromEntries(
            Object.entries(wrong).map(([value, text]) => [
              `${name.replaceAll('_', '-')}-${value}`,
              text,
            ]),
          ),
          (text) => ({
            title: `The device refuses ${text} as ${name}`,
            play: (kms) =>
              kms.say('openConnect', {
                frame: { body: written(openingWith(kms, {}), name, text) },
              }),
          }),
        ),
      ),
    ),
    ...rows(
      Object.fromEntries(
        Object.entries(alike).map(([value, text]) => [`key-chunk-size-${value}`, text]),
      ),
      (text) => ({
        title: `The device takes ${text} for an integer, or refuses it`,
        covers: [requirements.openConnectAnswered],
        play: (kms) =>
          kms.say('openConnect', {
            frame: { body: written(openingWith(kms, {}), 'key_chunk_size', text) },
          }),
      }),
    ),
    'qos-is-null': {
      title: 'The device refuses an open-connect whose qos is null',
      play: (kms) => kms.say('openConnect', { content: { ...openingWith(kms, {}), qos: null } }),
    },
    'qos-is-a-list': {
      title: 'The device refuses an open-connect whose qos is a list',
      play: (kms) => kms.say('openConnect', { content: { ...openingWith(kms, {}), qos: [] } }),
    },
    'mimetype-is-a-number': {
      title: 'The device refuses a metadata_mimetype that is a number',
      play: (kms) =>
        kms.say('openConnect', { content: openingWith(kms, { metadata_mimetype: 1 }) }),
    },
  },
);

const negotiation = table(
  'qos',
  { against: 'qkd-device', covers: [requirements.openConnectAnswered] },
  {
    'min-above-max': {
      title: 'The device answers an open-connect whose min_bps is above its max_bps',
      covers: [requirements.counterProposalContent],
      tags: ['hostile'],
      play: (kms) =>
        kms.say('openConnect', { content: openingWith(kms, { min_bps: 9000, max_bps: 900 }) }),
    },
    'proposal-taken': {
      title: 'The device opens a stream of the quality that it proposed itself',
      covers: [requirements.counterProposalContent],
      play: async (kms) => {
        const wanted = openingWith(kms, { key_chunk_size: 2 ** 32 - 1 });
        const heard = await kms.say('openConnect', { content: wanted });
        if (heard?.kind !== 'frame' || heard.perceived.message !== 'counterProposed') return;
        const proposed = member(heard.perceived.payload['content'], 'qos');
        await kms.say('openConnect', { content: openingWith(kms, Object(proposed)) });
      },
    },
    'mimetype-other': {
      title: 'The device answers an open-connect with another metadata_mimetype',
      covers: [requirements.mimetypeJson],
      play: (kms) =>
        kms.say('openConnect', { content: openingWith(kms, { metadata_mimetype: 'text/plain' }) }),
    },
    'destination-asks-otherwise': {
      title: 'The device answers a destination that asks for another chunk size than the source',
      covers: [requirements.qosAnswered, requirements.keysEqual],
      from: 'oneA.open',
      tags: ['phase:oneB'],
      play: async (kms) => {
        const key_stream_id = streamId(kms);
        const content = openingWith(kms, { key_chunk_size: 48 }, { key_stream_id });
        const heard = await kms.say('openConnect', { content, frame: { end: 'b' } });
        if (heard?.kind !== 'frame' || heard.perceived.message !== 'opened') return;
        for (const end of ['a', 'b'] as const) {
          await kms.say('getKey', { content: { key_stream_id }, frame: { end } });
        }
        await kms.listen(100);
      },
    },
    'destination-wrong': {
      title: 'The device refuses a destination whose chunk size is a text',
      covers: [requirements.unfitRefused],
      from: 'oneA.open',
      tags: ['phase:oneB', 'hostile'],
      play: (kms) => {
        const key_stream_id = streamId(kms);
        const content = openingWith(kms, { key_chunk_size: '32' }, { key_stream_id });
        return kms.say('openConnect', { content, frame: { end: 'b' } });
      },
      expect: refuses(requirements.unfitRefused, { call: 'openConnect', end: 'b' }),
    },
  },
);

/** What quality is agreed on. */
export const qos: readonly Case<Etsi004Bend>[] = [
  ...leftOpen,
  ...possible,
  ...types,
  ...negotiation,
];
