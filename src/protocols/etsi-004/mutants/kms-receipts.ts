import { member, requirements, type Pending } from '#models/etsi-004/index.ts';
import type { Answers, Deed, Mutant, SideScene } from '#src/contract/side.ts';
import { jsonText } from '#src/wire/json-text.ts';
import { answerPush } from '../reference/kms.ts';
import { newKmsMemory, type KmsMemory } from '../reference/kms-memory.ts';
import { accept, oldestPush, refuse } from '../reference/kms-receipts.ts';
import { everywhere } from '../reference/regions.ts';
import { say } from '../say.ts';
import { kmsMutant } from './mutant.ts';

type Scene = SideScene<KmsMemory>;

/** What is said instead of a refusal. */
const lie = (content: object, code?: number): Deed => ({
  ...say('keyAccepted', content, code === undefined ? undefined : { code }),
  standsFor: { message: 'keyRefused', content: { status: 3 } },
});

/** KMSs that are wrong in what they answer to keys. */
export const kmsReceipts: readonly Mutant[] = [
  kmsMutant({
    id: 'kms-accepts-malformed',
    title: 'accepts a push that is no JSON',
    breaks: requirements.badPushRefused,
    shortest: 8,
    deep: true,
    answers: { 'stray.badPush': () => lie({ status: 0 }) },
  }),
  kmsMutant({
    id: 'kms-accepts-without-key',
    title: 'accepts a push that has no key',
    breaks: requirements.badPushRefused,
    shortest: 8,
    deep: true,
    answers: {
      'stray.badPush': (scene) => {
        const content = oldestPush(scene.context)?.content;
        const isKeyless = member(content, 'key_buffer') === undefined && content !== undefined;
        return isKeyless ? lie({ status: 0 }) : answerPush(scene);
      },
    },
  }),
  kmsMutant({
    id: 'kms-accepts-large-index',
    title: 'accepts an index of more than 32 bits',
    breaks: requirements.badPushRefused,
    shortest: 8,
    deep: true,
    answers: {
      'stray.badPush': (scene) => {
        const index = Number(member(oldestPush(scene.context)?.content, 'index') ?? 0);
        return index >= 2 ** 32 ? lie({ status: 0 }) : answerPush(scene);
      },
    },
  }),
  kmsMutant({
    id: 'kms-takes-any-method',
    title: 'accepts a key by any method',
    breaks: requirements.badPushRefused,
    shortest: 8,
    deep: true,
    answers: {
      'stray.badPush': (scene) =>
        scene.heard?.payload['fault'] === 'method' ? lie({ status: 0 }) : answerPush(scene),
    },
  }),
  kmsMutant({
    id: 'kms-refuses-with-201',
    title: 'says that it does not know a stream, with 201',
    breaks: requirements.codeTellsOutcome,
    shortest: 8,
    deep: true,
    answers: { 'stray.unknownPush': () => lie({ status: 3 }) },
  }),
  kmsMutant({
    id: 'kms-accepts-with-400',
    title: 'accepts keys with status 0 and HTTP 400',
    breaks: requirements.codeTellsOutcome,
    shortest: 8,
    deep: true,
    bends: (utterance) =>
      utterance.message === 'keyAccepted'
        ? { ...utterance, frame: { ...utterance.frame, code: 400 } }
        : utterance,
  }),
  kmsMutant({
    id: 'kms-receipts-empty',
    title: 'accepts keys without a content',
    breaks: requirements.bodyIsJson,
    shortest: 8,
    deep: true,
    bends: (utterance) =>
      utterance.message === 'keyAccepted' ? { ...utterance, content: undefined } : utterance,
  }),
  kmsMutant({
    id: 'kms-receipts-without-status',
    title: 'accepts keys without a status',
    breaks: requirements.pushAnswered,
    shortest: 8,
    deep: true,
    bends: (utterance) =>
      utterance.message === 'keyAccepted' ? { ...utterance, content: {} } : utterance,
  }),
  kmsMutant({
    id: 'kms-answers-twice',
    title: 'answers each key twice',
    breaks: requirements.oneAnswerACall,
    shortest: 9,
    deep: true,
    bends: (utterance) =>
      utterance.message === 'keyAccepted'
        ? { ...utterance, bytes: (http) => Buffer.concat([http, http]) }
        : utterance,
  }),
  kmsMutant({
    id: 'kms-stalls-after-two',
    title: 'answers no more than two keys',
    breaks: requirements.everyPushAnswered,
    shortest: 11,
    deep: true,
    answers: ofKeys((scene) => {
      const marks = counted(scene, 'keys');
      return marks > 2 ? { do: 'stall' } : answerPush(scene);
    }),
  }),
  kmsMutant({
    id: 'kms-stalls-after-malformed',
    title: 'answers no key any more once one was malformed',
    breaks: requirements.everyPushAnswered,
    shortest: 10,
    deep: true,
    answers: {
      'stray.badPush': (scene) => {
        counted(scene, 'bad');
        return answerPush(scene);
      },
      ...ofKeys((scene) => (scene.memory.marks.has('bad') ? { do: 'stall' } : answerPush(scene))),
    },
  }),
  kmsMutant({
    id: 'kms-one-key-a-connection',
    title: 'answers only the first key of a connection',
    breaks: requirements.everyPushAnswered,
    shortest: 9,
    deep: true,
    answers: ofKeys((scene) =>
      Number(oldestPush(scene.context)?.exchange) > 0 ? { do: 'stall' } : answerPush(scene),
    ),
  }),
  kmsMutant({
    id: 'kms-drops-crossing-keys',
    title: 'does not answer a key that crosses with its close',
    breaks: requirements.everyPushAnswered,
    shortest: 17,
    deep: true,
    answers: everywhere('crossing', () => ({ do: 'stall' })),
  }),
  kmsMutant({
    id: 'kms-takes-conflicting-keys',
    title: 'takes another key under an index that it has',
    breaks: requirements.conflictRefused,
    shortest: 10,
    deep: true,
    answers: ofKeys(() => accept()),
  }),
  kmsMutant({
    id: 'kms-counts-to-31-bits',
    title: 'refuses an index that has no room in 31 bits',
    breaks: requirements.keyTaken,
    shortest: 10,
    deep: true,
    answers: ofKeys((scene) => {
      const index = Number(member(oldestPush(scene.context)?.content, 'index'));
      return index >= 2 ** 31 ? refuse(5) : answerPush(scene);
    }),
  }),
  kmsMutant({
    id: 'kms-stalls-at-repeats',
    title: 'answers no key any more once one came again',
    breaks: requirements.everyPushAnswered,
    shortest: 10,
    deep: true,
    answers: ofKeys((scene) => {
      const push = oldestPush(scene.context);
      const text = push === null ? '' : `${nameOf(push)} ${jsonText(push.content)}`;
      return push !== null && counted(scene, text) > 1 ? { do: 'stall' } : answerPush(scene);
    }),
  }),
  kmsMutant({
    id: 'kms-refuses-unknown-members',
    title: 'refuses a push with a member that it does not know',
    breaks: requirements.unknownMembersPassed,
    shortest: 8,
    deep: true,
    answers: ofKeys((scene) => {
      const content = oldestPush(scene.context)?.content;
      const known = ['status', 'index', 'key_buffer', 'metadata'];
      const isStrange = Object.keys(Object(content)).some((name) => !known.includes(name));
      return isStrange ? refuse(3) : answerPush(scene);
    }),
  }),
  kmsMutant({
    id: 'kms-mixes-streams-up',
    title: 'opens two streams, and refuses an index that the other stream had',
    breaks: requirements.keyTaken,
    shortest: 16,
    deep: true,
    memory: (_, settings) => newKmsMemory({ ...settings, options: twoStreams(settings.options) }),
    answers: ofKeys((scene) => {
      const push = oldestPush(scene.context);
      const place = push?.place ?? null;
      if (push === null || place === null) return answerPush(scene);
      const { slot, end } = place;
      const index = String(member(push.content, 'index'));
      const other = `${slot === 'one' ? 'two' : 'one'} ${end} ${index}`;
      if (scene.memory.marks.has(other)) return refuse(5);
      counted(scene, `${slot} ${end} ${index}`);
      return answerPush(scene);
    }),
  }),
];

/** The same for each key of a stream, whatever else goes on. */
function ofKeys(answer: (scene: Scene) => Deed | readonly Deed[]): Answers<KmsMemory> {
  const states = ['acknowledging', 'overtaken', 'crossing', 'late'];
  return Object.fromEntries(states.flatMap((state) => Object.entries(everywhere(state, answer))));
}

function counted({ memory: { marks } }: Scene, name: string): number {
  const count = (marks.get(name) ?? 0) + 1;
  marks.set(name, count);
  return count;
}

function nameOf({ place }: Pending): string {
  return place === null ? '' : `${place.slot} ${place.end}`;
}

function twoStreams(options: Readonly<Record<string, unknown>>) {
  return { ...options, streams: 2, keys: 6 };
}
