import { member, requirements, slots, type Pending } from '#models/etsi-004/index.ts';
import type { Answers, Deed, Mutant } from '#src/contract/side.ts';
import { recall } from '../context.ts';
import { agreed } from '../qos.ts';
import { refused, wireOf } from '../reference/device-calls.ts';
import { callsIn, type DeviceMemory, type Scene } from '../reference/device-memory.ts';
import { act, wrong } from '../reference/qkd-device.ts';
import { everywhere } from '../reference/regions.ts';
import { say } from '../say.ts';
import { content, counted, endOf, frame } from './bending.ts';
import { deviceMutant } from './mutant.ts';

/** Answers a wrong call as if it had been a good one; a refusal for the machine. */
function takes(scene: Scene, call: Pending, code?: number): Deed {
  const frame = { ...wireOf(call), ...(code === undefined ? {} : { code }) };
  const refusal = refused(call, { code: 400, status: 5 });
  const standsFor = refusal.do === 'say' ? { standsFor: refusal.utterance } : {};
  if (call.call === 'getKey')
    return { ...say('getKeyAccepted', { status: 0 }, frame), ...standsFor };
  if (call.call === 'close') return { ...say('closeAccepted', undefined, frame), ...standsFor };
  const qos = agreed(undefined, recall(scene.context).readings);
  const given = member(call.content, 'key_stream_id');
  const key_stream_id = typeof given === 'string' ? given : scene.random.uuid();
  const opened = { key_stream_id, qos, status: call.end === 'b' ? 0 : 1 };
  return { ...say('opened', opened, frame), ...standsFor };
}

const refuseUnfit = (call: Pending) =>
  refused(call, { code: 400, status: call.call === 'openConnect' ? 5 : 3 });

/** Whether a member of qos lies beyond 32 bits, and is an integer. */
function isBeyond({ content: said }: Pending): boolean {
  const values = Object.values(Object(member(said, 'qos')));
  return values.some((value) => Number.isInteger(value) && Number(value) >= 2 ** 32);
}

const refusals = ['openRefused', 'getKeyRefused', 'closeRefused'] as const;

const qosMembers = [
  ...['key_chunk_size', 'max_bps', 'min_bps', 'jitter', 'priority', 'timeout', 'ttl'],
  'metadata_mimetype',
];

/** Refuses good open-connects whose content is so. */
function refusing(isRefused: (content: unknown) => boolean): Answers<DeviceMemory> {
  return everywhere('opening', (scene) => {
    const [call] = callsIn(scene.context);
    const isMeant = call?.stray === false && isRefused(call.content);
    return isMeant ? refused(call, { code: 400, status: 5 }) : act(scene);
  });
}

/** QKD devices that take or refuse calls wrongly. */
export const answerMutants: readonly Mutant[] = [
  deviceMutant({
    id: 'device-accepts-malformed',
    title: 'opens a stream for a call that is no JSON',
    breaks: requirements.malformedRefused,
    shortest: 2,
    answers: { 'stray.malformed': wrong(takes) },
  }),
  deviceMutant({
    id: 'device-accepts-unfit',
    title: 'takes calls whose members are missing or of another type',
    breaks: requirements.unfitRefused,
    shortest: 2,
    answers: { 'stray.unfit': wrong(takes) },
  }),
  deviceMutant({
    id: 'device-cuts-integers',
    title: 'takes an integer beyond 32 bits for its lower bits',
    breaks: requirements.unfitRefused,
    shortest: 2,
    deep: true,
    answers: {
      'stray.unfit': wrong((scene, call) =>
        isBeyond(call) ? takes(scene, call) : refuseUnfit(call),
      ),
    },
  }),
  deviceMutant({
    id: 'device-accepts-any-method',
    title: 'opens a stream for a call with another method',
    breaks: requirements.wrongMethodRefused,
    shortest: 2,
    answers: { 'stray.wrongMethod': wrong((scene, call) => takes(scene, call, 201)) },
  }),
  deviceMutant({
    id: 'device-accepts-any-path',
    title: 'opens a stream for a call to another path',
    breaks: requirements.unknownPathRefused,
    shortest: 2,
    answers: { 'stray.notFound': wrong((scene, call) => takes(scene, call, 201)) },
  }),
  deviceMutant({
    id: 'device-serves-unknown-stream',
    title: 'accepts get-key and close for a stream that there is not',
    breaks: requirements.unknownStreamRefused,
    shortest: 2,
    answers: { 'stray.unknownStream': wrong(takes) },
  }),
  deviceMutant({
    id: 'device-serves-closed-stream',
    title: 'accepts get-key for a stream that is closed',
    breaks: requirements.unknownStreamRefused,
    shortest: 6,
    answers: {
      'stray.unknownStream': wrong((scene, call) =>
        call.place === null ? refused(call, { code: 400, status: 3 }) : takes(scene, call),
      ),
    },
  }),
  deviceMutant({
    id: 'device-fails-at-second-close',
    title: 'fails without a status at close of a stream that is closed',
    breaks: requirements.errorNamesStatus,
    shortest: 6,
    deep: true,
    answers: {
      'stray.closedStream': wrong((_, call) =>
        say('closeRefused', undefined, { ...wireOf(call), code: 500 }),
      ),
    },
  }),
  deviceMutant({
    id: 'device-proposes-nothing',
    title: 'says status 7 without a counter proposal',
    breaks: requirements.counterProposalContent,
    shortest: 2,
    bends: content(['counterProposed'], () => ({ qos: undefined })),
  }),
  deviceMutant({
    id: 'device-opens-twice',
    title: 'opens a stream again that is open',
    breaks: requirements.misplacedRefused,
    shortest: 6,
    answers: { 'stray.misplaced': wrong(takes) },
  }),
  deviceMutant({
    id: 'device-in-use-is-no-connection',
    title: 'says status 4 where an id is in use',
    breaks: requirements.idInUseRefused,
    shortest: 6,
    answers: {
      'stray.misplaced': wrong((_, call) => refused(call, { code: 500, status: 4 })),
    },
  }),
  deviceMutant({
    id: 'device-refuses-open-qos',
    title: 'refuses an open-connect with a member of qos that is null or absent',
    breaks: requirements.qosOpenMembers,
    shortest: 2,
    answers: refusing((said) => {
      const qos = Object(member(said, 'qos'));
      return qosMembers.some((name) => (member(qos, name) ?? null) === null);
    }),
  }),
  deviceMutant({
    id: 'device-refuses-extra-members',
    title: 'refuses an open-connect with a member that the document does not name',
    breaks: requirements.unknownMembersPassed,
    shortest: 2,
    answers: refusing((said) => Object.keys(Object(said)).length > 4),
  }),
  deviceMutant({
    id: 'device-wants-http-uris',
    title: 'refuses URIs of another scheme than http',
    breaks: requirements.openConnectAnswered,
    shortest: 2,
    deep: true,
    answers: refusing((said) => !String(member(said, 'destination')).startsWith('http:')),
  }),
  deviceMutant({
    id: 'device-fails-on-zero',
    title: 'fails without a status where a member of qos is 0 that it divides by',
    breaks: requirements.errorNamesStatus,
    shortest: 2,
    deep: true,
    answers: everywhere('opening', (scene) => {
      const [call] = callsIn(scene.context);
      const qos = Object(member(call?.content, 'qos'));
      const isZero = ['key_chunk_size', 'max_bps', 'min_bps', 'timeout', 'ttl'].some(
        (name) => member(qos, name) === 0,
      );
      if (!isZero || call === undefined || call.stray) return act(scene);
      return say('openRefused', undefined, { ...wireOf(call), code: 500 });
    }),
  }),
  deviceMutant({
    id: 'device-signs-integers',
    title: 'answers integers of 32 bits as if their first bit were a sign',
    breaks: requirements.qosTypes,
    shortest: 2,
    deep: true,
    bends: content(['opened', 'counterProposed'], (said) => {
      const entries = Object.entries(Object(member(said, 'qos')));
      const signed = entries.map(([name, value]) => [
        name,
        typeof value === 'number' ? value | 0 : value,
      ]);
      return { qos: Object.fromEntries(signed) };
    }),
  }),
  deviceMutant({
    id: 'device-errors-without-status',
    title: 'refuses without a status',
    breaks: requirements.errorNamesStatus,
    shortest: 2,
    bends: content(refusals, () => undefined),
  }),
  deviceMutant({
    id: 'device-errors-are-200',
    title: 'refuses with HTTP 200',
    breaks: requirements.codeTellsOutcome,
    shortest: 2,
    bends: frame(refusals, () => ({ code: 200 })),
  }),
  deviceMutant({
    id: 'device-errors-are-500',
    title: 'refuses with HTTP 500, whatever the status',
    breaks: requirements.errorCodes,
    shortest: 2,
    bends: frame(refusals, () => ({ code: 500 })),
  }),
  deviceMutant({
    id: 'device-status-nine',
    title: 'refuses with status 9',
    breaks: requirements.codeTellsOutcome,
    shortest: 2,
    bends: content(refusals, () => ({ status: 9 })),
  }),
  deviceMutant({
    id: 'device-refuses-close',
    title: 'refuses to close a stream that is open',
    breaks: requirements.closeAnswered,
    shortest: 4,
    bends: (utterance) =>
      utterance.message === 'closeAccepted'
        ? { ...utterance, message: 'closeRefused', content: { status: 3 } }
        : utterance,
  }),
  deviceMutant({
    id: 'device-ids-repeat',
    title: 'gives every stream the same id',
    breaks: requirements.streamIdAssigned,
    shortest: 4,
    bends: content(['opened'], (_, __, utterance) =>
      endOf(utterance) === 'a' ? { key_stream_id: '4eb81a5c-031f-4d1f-881d-309bee44fc20' } : {},
    ),
  }),
  deviceMutant({
    id: 'device-own-id-at-destination',
    title: 'gives the stream another id at the destination',
    breaks: requirements.streamIdKept,
    shortest: 4,
    bends: content(['opened'], (_, { random }, utterance) =>
      endOf(utterance) === 'b' ? { key_stream_id: random.uuid() } : {},
    ),
  }),
  deviceMutant({
    id: 'device-id-is-no-uuid',
    title: 'gives streams ids without hyphens',
    breaks: requirements.streamIdIsUuid,
    shortest: 2,
    bends: content(['opened'], (said) => ({
      key_stream_id: String(member(said, 'key_stream_id')).replaceAll('-', ''),
    })),
  }),
  deviceMutant({
    id: 'device-id-of-version-one',
    title: 'gives streams ids of version 1',
    breaks: requirements.streamIdRandom,
    shortest: 2,
    bends: content(['opened'], (said, _, utterance) => {
      const id = String(member(said, 'key_stream_id'));
      return endOf(utterance) === 'a'
        ? { key_stream_id: `${id.slice(0, 14)}1${id.slice(15)}` }
        : {};
    }),
  }),
  deviceMutant({
    id: 'device-peer-never-there',
    title: 'says status 1 although both ends are open',
    breaks: requirements.peerAbsenceTold,
    shortest: 4,
    bends: content(['opened'], () => ({ status: 1 })),
  }),
  deviceMutant({
    id: 'device-qos-unsaid',
    title: 'does not say which chunk size it chose',
    breaks: requirements.qosAnswered,
    shortest: 2,
    bends: content(['opened', 'counterProposed'], (said) => ({
      qos: { ...Object(member(said, 'qos')), key_chunk_size: null },
    })),
  }),
  deviceMutant({
    id: 'device-forgets-on-refusal',
    title: 'forgets its streams when it refuses a call, later than the sixth one',
    breaks: requirements.refusalChangesNothing,
    shortest: 16,
    deep: true,
    bends: (utterance, scene) => {
      const calls = counted(scene, 'answers');
      const isRefusal = refusals.some((name) => name === utterance.message);
      if (isRefusal && calls > 6) counted(scene, 'forgotten');
      if (utterance.message !== 'closeAccepted' || !scene.memory.marks.has('forgotten')) {
        return utterance;
      }
      return { ...utterance, message: 'closeRefused', content: { status: 3 } };
    },
  }),
  deviceMutant({
    id: 'device-one-stream-ends-all',
    title: 'refuses get-key for a stream once another one was closed',
    breaks: requirements.streamsIndependent,
    shortest: 12,
    deep: true,
    answers: everywhere('starting', (scene) => {
      const { context } = scene;
      const call = callsIn(context).find(({ call: name }) => name === 'getKey');
      const isOther = slots.some(
        (slot) =>
          slot !== call?.place?.slot && recall(context).slots[slot]?.ends.a.stage === 'closed',
      );
      return isOther && call?.stray === false
        ? refused(call, { code: 400, status: 3 })
        : act(scene);
    }),
  }),
  deviceMutant({
    id: 'device-tires-of-calls',
    title: 'answers no more than twelve calls',
    breaks: requirements.openConnectAnswered,
    shortest: 25,
    deep: true,
    answers: everywhere('opening', (scene) =>
      counted(scene, 'openings') > 6 ? { do: 'later', ms: 60_000 } : act(scene),
    ),
  }),
];
