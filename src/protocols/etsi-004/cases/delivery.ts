import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { recall } from '../context.ts';
import { all, hearKeys, pushesKeys, servesBoth } from './expect.ts';
import { endsOf, serve, serveWith, streamId } from './streams.ts';
import { rows, table } from './table.ts';

const ofPushes = [
  ...[requirements.pushContent, requirements.pushNamesStream, requirements.pushStatus],
  ...[requirements.indexIsUint32, requirements.indexIncreases, requirements.indexUnique],
  ...[requirements.keyIsBase64, requirements.keysFresh, requirements.chunkSizeKept],
  ...[requirements.callsOfTheirSide, requirements.pathsOfCalls, requirements.methodsOfCalls],
  ...[requirements.transportIsHttp, requirements.hostNamed, requirements.lengthsRight],
  ...[requirements.bodyIsJson, requirements.contentTypeJson, requirements.metadataBuffer],
];

/** Sizes of keys that are likely, and those beside them. */
const chunkSizes = [1, 15, 16, 17, 31, 32, 33, 48, 64, 100, 255, 256, 257];

/** An end that gets keys for so long while the other gets none is served alone, ms. */
const aloneMs = 2000;

/** What the keys are like. */
export const delivery: readonly Case<Etsi004Bend>[] = table(
  'delivery',
  { against: 'qkd-device', from: 'oneA.open' },
  {
    'keys-at-one-end': {
      title: 'The device pushes keys, each of them whole, new and under the next index',
      covers: [requirements.getKeyStartsPushing, requirements.pushAfterGetKey, ...ofPushes],
      play: async (kms) => {
        await serve(kms);
        await hearKeys(kms, 8);
      },
      expect: pushesKeys(3, ['a']),
    },
    'keys-at-both-ends': {
      title: 'The device pushes the same keys at both ends',
      covers: [requirements.getKeyStartsPushing, requirements.keysEqual],
      from: 'oneB.open',
      play: async (kms) => {
        await serve(kms);
        await hearKeys(kms, 12);
        const { a, b } = recall(kms.context).slots.one?.ends ?? {};
        if (a?.pushes === 0 || b?.pushes === 0) await kms.listen(aloneMs);
      },
      expect: all(servesBoth(aloneMs), pushesKeys(3, ['a', 'b'])),
    },
    'many-keys': {
      title: 'The device pushes forty keys without a slip',
      covers: [
        ...[requirements.indexUnique, requirements.keysFresh, requirements.indexIncreases],
        requirements.getKeyStartsPushing,
      ],
      play: async (kms) => {
        await serve(kms);
        await hearKeys(kms, 40);
      },
      expect: pushesKeys(12, ['a']),
    },
    'as-usual-elsewhere': {
      title: 'What else is recommended: sizes of metadata, codes, content types, types of members',
      covers: [
        ...[requirements.metadataSize, requirements.successCodes, requirements.mimetypeJson],
        ...[requirements.errorCodes, requirements.metadataSmall, requirements.emptyResetAnswer],
      ],
      play: async (kms) => {
        await serve(kms);
        await hearKeys(kms, 2);
      },
    },
    'end-after-end': {
      title: 'The device gives the end that asks later the same keys',
      covers: [requirements.keysEqual],
      tags: ['phase:oneB'],
      play: async (kms) => {
        const key_stream_id = streamId(kms);
        await kms.walk('oneB.open');
        await kms.say('getKey', { content: { key_stream_id }, frame: { end: 'b' } });
        await hearKeys(kms, 3);
        await kms.say('getKey', { content: { key_stream_id }, frame: { end: 'a' } });
        await hearKeys(kms, 10);
      },
      expect: pushesKeys(1, ['a', 'b']),
    },
    ...rows(
      Object.fromEntries(chunkSizes.map((size) => [`chunk-size-${size}`, size])),
      (key_chunk_size) => ({
        title: `The device pushes keys of ${key_chunk_size} bytes where that was agreed on`,
        covers: [requirements.chunkSizeKept, requirements.keyIsBase64],
        from: 'oneA.idle',
        play: async (kms) => {
          await serveWith(kms, { key_chunk_size, max_bps: 100_000 });
          await hearKeys(kms, 2 * endsOf(kms).length);
        },
      }),
    ),
    ...rows({ zero: 0, 'near-the-wrap': 4294967294, largest: 4294967295 }, (index, name) => ({
      title: `The device takes get-key with the index ${name.replaceAll('-', ' ')}, and wraps`,
      covers: [requirements.indexWraps, requirements.indexIsUint32, requirements.getKeyAnswered],
      play: async (kms) => {
        const key_stream_id = streamId(kms);
        if (endsOf(kms).length > 1) await kms.walk('oneB.open');
        for (const end of endsOf(kms)) {
          await kms.say('getKey', { content: { key_stream_id, index }, frame: { end } });
        }
        await hearKeys(kms, 4 * endsOf(kms).length);
      },
    })),
    ...rows(
      {
        'metadata-absent': {},
        'metadata-null-members': { metadata: { size: null, buffer: null } },
        'metadata-object': { metadata: { size: 12, buffer: { age: 1, hops: 2 } } },
        'metadata-large': { metadata: { size: 4096, buffer: 'x'.repeat(4096) } },
      },
      (extra, name) => ({
        title: `The device answers get-key with ${name.replaceAll('-', ' ')}`,
        covers: [requirements.getKeyAnswered],
        play: (kms) => kms.say('getKey', { content: { key_stream_id: streamId(kms), ...extra } }),
      }),
    ),
    ...rows(
      {
        'index-beyond': 4294967296,
        'index-negative': -1,
        'index-fraction': 0.5,
        'index-text': '0',
      },
      (index, name) => ({
        title: `The device refuses get-key whose index is ${name.replace('index-', '')}`,
        covers: [requirements.unfitRefused],
        tags: ['hostile'],
        play: (kms) => kms.say('getKey', { content: { key_stream_id: streamId(kms), index } }),
      }),
    ),
  },
);
