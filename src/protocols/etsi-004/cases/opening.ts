import { messages, requirements } from '#models/etsi-004/index.ts';
import type { Case, Expectation } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { idIn } from '../deliveries.ts';
import { all, answers, hearKeys, refuses, violated } from './expect.ts';
import { endsOf, givenId, opening as content, openingWith, streamId } from './streams.ts';
import { table } from './table.ts';

/** Under these statuses the device may refuse a stream for reasons of its own. */
const ownReasons = [4, 6];

const opens = answers(
  requirements.openConnectAnswered,
  { call: 'openConnect', end: 'a' },
  {
    opened: 'any',
    counterProposed: 'any',
    openRefused: ownReasons,
  },
);

/** @see RFC 9562, section 5.4 */
const versionFour = /^.{14}4.{4}[89ab]/i;

/** Asked for once: a device gives all its ids in the same way. */
const givesRandomId: Expectation = {
  text: 'an id of version 4',
  check(frames) {
    const opened = frames.find(({ perceived }) => perceived.message === 'opened');
    const id = opened === undefined ? null : idIn(opened);
    if (opened === undefined || id === null || versionFour.test(id)) return null;
    return violated({
      kind: 'content',
      requirement: requirements.streamIdRandom,
      text: 'an id of version 4',
      actual: `the id ${id}`,
      at: opened.at,
    });
  },
};

const bothEnds = ['phase:oneB'];

/** How streams are opened. */
export const opening: readonly Case<Etsi004Bend>[] = table(
  'opening',
  { against: 'qkd-device' },
  {
    'at-source': {
      title: 'The device opens a stream at the source, under an id of its own',
      covers: [
        requirements.openConnectAnswered,
        requirements.streamIdAssigned,
        requirements.streamIdIsUuid,
        requirements.streamIdRandom,
        requirements.openedContent,
        requirements.everyCallAnswered,
        requirements.openConnectStatuses,
      ],
      play: (kms) => kms.say('openConnect'),
      expect: all(opens, givesRandomId),
    },
    'peer-absent': {
      title: 'While the destination is not open the device says so, within the timeout',
      covers: [requirements.peerAbsenceTold, requirements.openTimeout],
      tags: bothEnds,
      play: (kms) => kms.say('openConnect', { content: openingWith(kms, { timeout: 100 }) }),
      expect: opens,
    },
    'at-destination': {
      title: 'The device opens the stream at the destination, under the id of the source',
      covers: [
        requirements.openConnectAnswered,
        requirements.streamIdKept,
        requirements.peerAbsenceTold,
      ],
      from: 'oneA.open',
      tags: bothEnds,
      play: (kms) => kms.walk('oneB.open'),
    },
    'at-destination-in-capitals': {
      title: 'The device takes an id in capital letters for the same one',
      covers: [requirements.streamIdKept],
      from: 'oneA.open',
      tags: bothEnds,
      play: (kms) => {
        const key_stream_id = streamId(kms).toUpperCase();
        return kms.say('openConnect', {
          content: content(kms, { key_stream_id }),
          frame: { end: 'b' },
        });
      },
    },
    'at-destination-unknown': {
      title: 'The device answers an open-connect at the destination whose id no source has',
      covers: [requirements.openConnectAnswered],
      tags: bothEnds,
      play: (kms) =>
        kms.say('openConnect', {
          content: content(kms, { key_stream_id: '4eb81a5c-031f-4d1f-881d-309bee44fc20' }),
          frame: { end: 'b' },
        }),
    },
    'id-in-use': {
      title: 'The device refuses to open a stream twice at the same end',
      covers: [requirements.idInUseRefused, requirements.misplacedRefused],
      from: 'oneB.open',
      play: (kms) =>
        kms.say('openConnect', {
          content: content(kms, { key_stream_id: streamId(kms) }),
          frame: { end: 'b' },
        }),
      expect: answers(
        requirements.idInUseRefused,
        { call: 'openConnect', end: 'b' },
        { openRefused: [5] },
      ),
    },
    'id-in-use-while-pushing': {
      title: 'The device refuses to open a stream again whose keys it pushes',
      covers: [requirements.idInUseRefused, requirements.refusalChangesNothing],
      from: 'oneB.pushing',
      play: async (kms) => {
        const key_stream_id = streamId(kms);
        const other = openingWith(kms, { key_chunk_size: 48 }, { key_stream_id });
        await kms.say('openConnect', { content: other, frame: { end: 'b' } });
        await hearKeys(kms, 6);
      },
      expect: answers(
        requirements.idInUseRefused,
        { call: 'openConnect', end: 'b' },
        { openRefused: [5] },
      ),
    },
    'given-at-source': {
      title: 'The device answers an open-connect with an id at the end that opens first',
      covers: [requirements.openConnectAnswered],
      tags: ['hostile'],
      play: (kms) =>
        kms.say('openConnect', {
          content: content(kms, { key_stream_id: givenId }),
          frame: { end: 'a' },
        }),
    },
    'two-streams': {
      title: 'The device opens two streams beside each other, under different ids',
      covers: [requirements.streamIdAssigned, requirements.streamsIndependent],
      from: 'oneA.open',
      play: (kms) => kms.walk('twoA.open'),
    },
    'many-after-each-other': {
      title: 'The device gives a new id, and the quality asked for, to each of twelve streams',
      covers: [requirements.streamIdAssigned, requirements.qosKept, requirements.closeAnswered],
      play: async (kms) => {
        for (let turn = 0; turn < 12; turn += 1) {
          const asked = openingWith(kms, { key_chunk_size: 16 + turn });
          await kms.say('openConnect', { content: asked, frame: { end: 'a' } });
          await kms.say('close');
        }
      },
    },
    'again-after-close': {
      title: 'The device answers an open-connect with the id of a stream that is closed',
      covers: [requirements.openConnectAnswered],
      from: 'oneB.open',
      play: async (kms) => {
        const key_stream_id = streamId(kms);
        for (const end of endsOf(kms).toReversed()) {
          await kms.say('close', { content: { key_stream_id }, frame: { end } });
        }
        await kms.say('openConnect', {
          content: content(kms, { key_stream_id }),
          frame: { end: 'b' },
        });
      },
    },
    'refused-leaves-nothing': {
      title: 'After an open-connect that was refused there is no stream',
      covers: [requirements.refusedOpenLeavesNothing, requirements.unknownStreamRefused],
      tags: ['hostile', ...bothEnds],
      play: async (kms) => {
        const key_stream_id = '7d1c9f4e-5a0b-4c1d-9e8f-0a1b2c3d4e5f';
        const wrong = openingWith(kms, { key_chunk_size: 'many' }, { key_stream_id });
        await kms.say('openConnect', { content: wrong, frame: { end: 'b' } });
        await kms.say('getKey', { content: { key_stream_id }, frame: { end: 'b' } });
      },
      expect: refuses(requirements.refusedOpenLeavesNothing, { call: 'getKey', end: 'b' }),
    },
    'unknown-members': {
      title: 'The device passes over members that the document does not name',
      covers: [requirements.unknownMembersPassed],
      play: (kms) => {
        const qos = { vendor_extension: { a: [1, null] } };
        return kms.say('openConnect', {
          content: openingWith(kms, qos, { vendor_extension: true, extra: null }),
        });
      },
      expect: answers(
        requirements.unknownMembersPassed,
        { call: 'openConnect', end: 'a' },
        {
          opened: 'any',
          counterProposed: 'any',
          openRefused: ownReasons,
        },
      ),
    },
    'uris-of-all-kinds': {
      title: 'The device takes source and destination of any scheme',
      covers: [requirements.openConnectAnswered],
      play: (kms) => {
        const { source } = messages.openConnect.example;
        const uris = { source, destination: 'qkd:site-b/kms?port=1#x' };
        return kms.say('openConnect', { content: { ...content(kms), ...uris } });
      },
      expect: opens,
    },
  },
);
