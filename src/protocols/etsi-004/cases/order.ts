import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { all, answers, hearKeys, pushesKeys, refuses } from './expect.ts';
import { endsOf, serve, streamId, unknownId } from './streams.ts';
import { table } from './table.ts';

/** Keys may be lacking, the link down, the time over: never is it something else. */
const served = answers(
  requirements.getContentRead,
  { call: 'getKey', end: 'a' },
  {
    getKeyAccepted: 'any',
    getKeyRefused: [2, 4, 6, 8],
  },
);

/** In which order calls may come. */
export const order: readonly Case<Etsi004Bend>[] = table(
  'order',
  { against: 'qkd-device' },
  {
    'get-key': {
      title: 'The device accepts get-key for a stream that is open at both ends',
      covers: [
        requirements.getKeyAnswered,
        requirements.getContentRead,
        requirements.getKeyAcceptedContent,
        requirements.getKeyStatuses,
      ],
      from: 'oneA.open',
      play: serve,
      expect: served,
    },
    'get-key-alone': {
      title: 'The device answers get-key at one end, whether or not the other is open',
      covers: [requirements.getKeyAnswered, requirements.peerNeeded],
      from: 'oneA.open',
      play: (kms) => kms.say('getKey'),
      expect: answers(
        requirements.peerNeeded,
        { call: 'getKey', end: 'a' },
        {
          getKeyAccepted: 'any',
          getKeyRefused: [2, 3, 4, 6, 8],
        },
      ),
    },
    'no-keys-while-alone': {
      title: 'The device pushes nothing for a stream that get-key was not sent for',
      covers: [requirements.pushAfterGetKey],
      from: 'oneB.open',
      play: (kms) => kms.listen(300),
    },
    'get-key-twice': {
      title: 'The device answers a further get-key, and goes on',
      covers: [requirements.getKeyAnswered, requirements.indexUnique, requirements.keysFresh],
      from: 'oneA.open',
      play: async (kms) => {
        await serve(kms);
        await hearKeys(kms, 4);
        await kms.say('getKey', { content: { key_stream_id: streamId(kms) }, frame: { end: 'a' } });
        await hearKeys(kms, 4);
      },
    },
    'get-key-before-open': {
      title: 'The device refuses get-key for a stream that there is not',
      covers: [requirements.unknownStreamRefused, requirements.errorNamesStatus],
      play: (kms) => kms.say('getKey', { content: { key_stream_id: unknownId } }),
    },
    'close-before-open': {
      title: 'The device refuses close for a stream that there is not',
      covers: [
        requirements.unknownStreamRefused,
        requirements.codeTellsOutcome,
        requirements.closeStatuses,
      ],
      play: (kms) => kms.say('close', { content: { key_stream_id: unknownId } }),
    },
    'close-before-get-key': {
      title: 'The device closes a stream whose keys nobody asked for',
      covers: [requirements.closeAnswered],
      from: 'oneB.open',
      play: async (kms) => {
        const key_stream_id = streamId(kms);
        for (const end of endsOf(kms)) {
          await kms.say('close', { content: { key_stream_id }, frame: { end } });
        }
      },
    },
    'get-key-after-close': {
      title: 'The device refuses get-key for a stream that is closed',
      covers: [requirements.getKeyAfterCloseRefused, requirements.unknownStreamRefused],
      from: 'oneA.closed',
      play: (kms) => kms.say('getKey', { content: { key_stream_id: streamId(kms) } }),
      expect: refuses(requirements.getKeyAfterCloseRefused, { call: 'getKey', end: 'a' }),
    },
    'close-twice': {
      title: 'The device answers a second close',
      covers: [requirements.closeAnswered],
      from: 'oneA.closed',
      play: (kms) => kms.say('close', { content: { key_stream_id: streamId(kms) } }),
    },
    'open-after-close': {
      title: 'The device opens another stream after one that was closed',
      covers: [requirements.openConnectAnswered, requirements.streamIdAssigned],
      from: 'oneA.closed',
      play: async (kms) => {
        await kms.say('openConnect', { frame: { end: 'a' } });
        await kms.say('close');
      },
    },
    'refused-calls-change-nothing': {
      title: 'Calls that are refused change nothing in a stream',
      covers: [requirements.refusalChangesNothing, requirements.keysEqual],
      from: 'oneA.open',
      tags: ['hostile'],
      play: async (kms) => {
        await serve(kms);
        const key_stream_id = streamId(kms);
        await kms.say('getKey', { content: { key_stream_id: unknownId } });
        await kms.say('close', { content: { key_stream_id: unknownId } });
        await kms.say('close', { content: { id: key_stream_id } });
        await kms.say('close', { frame: { body: Buffer.from('{"key_stream_id":') } });
        await hearKeys(kms, 8);
        await kms.say('close', { content: { key_stream_id }, frame: { end: 'a' } });
      },
      expect: all(
        answers(
          requirements.refusalChangesNothing,
          { call: 'close', end: 'a' },
          { closeAccepted: 'any', closeRefused: [6] },
        ),
        pushesKeys(2, ['a']),
      ),
    },
  },
);
