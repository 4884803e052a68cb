import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { answers, hearKeys } from './expect.ts';
import { endsOf, serve, streamId } from './streams.ts';
import { table } from './table.ts';

/** Longer than any key that was under way may take, ms. */
const afterGraceMs = 1300;

/** How streams end. */
export const closing: readonly Case<Etsi004Bend>[] = table(
  'closing',
  { against: 'qkd-device' },
  {
    close: {
      title: 'The device closes a stream that is open',
      covers: [
        requirements.closeAnswered,
        requirements.closeAcceptedContent,
        requirements.emptyCloseAnswer,
      ],
      from: 'oneA.open',
      play: (kms) => kms.say('close'),
      expect: answers(
        requirements.closeAnswered,
        { call: 'close', end: 'a' },
        { closeAccepted: 'any', closeRefused: [6] },
      ),
    },
    'while-pushing': {
      title: 'The device closes a stream whose keys are under way',
      covers: [requirements.closeAnswered, requirements.closeEndsPushing],
      from: 'oneA.open',
      play: async (kms) => {
        await serve(kms);
        await hearKeys(kms, 3);
        await kms.say('close', { content: { key_stream_id: streamId(kms) }, frame: { end: 'a' } });
        await kms.listen(100);
      },
    },
    'no-key-after': {
      title: 'After close no key comes but those that were under way',
      covers: [requirements.closeEndsPushing],
      from: 'oneA.open',
      tags: ['slow'],
      play: async (kms) => {
        await serve(kms);
        await hearKeys(kms, 4);
        const key_stream_id = streamId(kms);
        for (const end of endsOf(kms)) {
          await kms.say('close', { content: { key_stream_id }, frame: { end } });
        }
        await kms.listen(afterGraceMs);
      },
    },
    'right-after-get-key': {
      title: 'The device closes a stream that get-key was sent for a moment ago',
      covers: [requirements.closeAnswered, requirements.closeEndsPushing],
      from: 'oneA.open',
      play: async (kms) => {
        const content = { key_stream_id: streamId(kms) };
        await kms.say('getKey', { content });
        await kms.say('close', { content });
        await kms.listen(100);
      },
    },
    'one-end': {
      title: 'A stream that is closed at one end is still there at the other',
      covers: [requirements.closeOneEnd],
      from: 'oneB.open',
      play: async (kms) => {
        const content = { key_stream_id: streamId(kms) };
        await kms.say('close', { content, frame: { end: 'a' } });
        await kms.say('close', { content, frame: { end: 'b' } });
      },
      expect: answers(
        requirements.closeOneEnd,
        { call: 'close', end: 'b' },
        ({ closeStops, afterTtl }) =>
          closeStops === 'bothEnds' || afterTtl === 'expires'
            ? null
            : { closeAccepted: 'any', closeRefused: [6] },
      ),
    },
    'other-order': {
      title: 'The device closes the destination first, then the source',
      covers: [requirements.closeAnswered],
      from: 'oneB.open',
      play: async (kms) => {
        const content = { key_stream_id: streamId(kms) };
        await kms.say('close', { content, frame: { end: 'b' } });
        await kms.say('close', { content, frame: { end: 'a' } });
      },
    },
  },
);
