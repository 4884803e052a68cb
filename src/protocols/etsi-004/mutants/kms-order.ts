import { idOf, requirements } from '#models/etsi-004/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Deed, Mutant, SideScene } from '#src/contract/side.ts';
import { placed } from '../contents.ts';
import { eventOf, recall } from '../context.ts';
import type { KmsMemory } from '../reference/kms-memory.ts';
import { plan } from '../reference/kms-plan.ts';
import { say } from '../say.ts';
import { kmsMutant } from './mutant.ts';

type Scene = SideScene<KmsMemory>;

const otherId = '4eb81a5c-031f-4d1f-881d-309bee44fc20';

/** KMSs that make the right calls at the wrong time, or for the wrong stream. */
export const kmsOrder: readonly Mutant[] = [
  kmsMutant({
    id: 'kms-ignores-refusal',
    title: 'takes a refused open-connect that names a stream for an open one',
    breaks: requirements.getKeyAfterOpen,
    shortest: 3,
    perceives: believed,
  }),
  kmsMutant({
    id: 'kms-asks-too-early',
    title: 'asks for keys at the destination before open-connect is answered there',
    breaks: requirements.getKeyAfterOpen,
    shortest: 4,
    answers: {
      memory: (scene) =>
        each(plan(scene), 'openConnect', (deed) => {
          const content = { ...Object(deed.utterance.content) };
          const id: unknown = content['key_stream_id'];
          if (id === null) return [deed];
          return [deed, say('getKey', { key_stream_id: id }, { end: 'b' })];
        }),
    },
  }),
  kmsMutant({
    id: 'kms-asks-after-close',
    title: 'asks for more keys of a stream that it has closed',
    breaks: requirements.getKeyAfterOpen,
    shortest: 17,
    deep: true,
    answers: { memory: (scene) => onceClosed(scene, 'getKey') ?? plan(scene) },
  }),
  kmsMutant({
    id: 'kms-closes-again',
    title: 'closes a stream that it has closed',
    breaks: requirements.closeNamesStream,
    shortest: 17,
    deep: true,
    answers: { memory: (scene) => onceClosed(scene, 'close') ?? plan(scene) },
  }),
  kmsMutant({
    id: 'kms-closes-other-stream',
    title: 'names another stream when it closes at the destination',
    breaks: requirements.closeNamesStream,
    shortest: 17,
    deep: true,
    bends: (utterance) => {
      const { frame } = utterance;
      const isAtDestination = frame !== undefined && 'end' in frame && frame.end === 'b';
      if (utterance.message !== 'close' || !isAtDestination) return utterance;
      return { ...utterance, content: { key_stream_id: otherId } };
    },
  }),
  kmsMutant({
    id: 'kms-never-closes',
    title: 'leaves its streams open',
    breaks: requirements.closeBeforeLeaving,
    shortest: 15,
    deep: true,
    answers: { memory: (scene) => each(plan(scene), 'close', () => [{ do: 'close' }]) },
  }),
  kmsMutant({
    id: 'kms-closes-one-end',
    title: 'leaves its streams open at the destination',
    breaks: requirements.closeBeforeLeaving,
    shortest: 17,
    deep: true,
    answers: {
      memory: (scene) =>
        each(plan(scene), 'close', (deed) => {
          const { frame } = deed.utterance;
          const isAtSource = frame !== undefined && 'end' in frame && frame.end === 'a';
          return isAtSource ? [deed] : [{ do: 'close' }];
        }),
    },
  }),
];

type Say = Extract<Deed, { do: 'say' }>;

/** Replaces each deed that says a message. */
function each(
  deeds: Deed | readonly Deed[],
  message: string,
  change: (deed: Say) => readonly Deed[],
): readonly Deed[] {
  const all = 'length' in deeds ? deeds : [deeds];
  return all.flatMap((deed) =>
    deed.do === 'say' && deed.utterance.message === message ? change(deed) : [deed],
  );
}

/** One more call about a stream that is closed at an end; `null` where none is, or it was made. */
function onceClosed({ context, memory }: Scene, message: 'getKey' | 'close'): Deed | null {
  const conversation = recall(context);
  const closed = placed(conversation).find(({ at }) => at.stage === 'closed');
  if (closed === undefined || memory.marks.has(message)) return null;
  memory.marks.set(message, 1);
  return say(message, { key_stream_id: closed.stream.id }, { end: closed.place.end });
}

/** A refusal as if it were success, where the stream has a name. */
function believed(perceived: Perceived, { context }: Scene): Perceived {
  const { message, payload } = perceived;
  if (message !== 'openRefused') return perceived;
  const conversation = recall(context);
  const call = conversation.pending.find(({ by, end }) => by === 'kms' && end === payload['end']);
  const said = idOf(conversation, eventOf('qkd-device.opened', payload));
  const given = idOf(conversation, eventOf('kms.openConnect', { content: call?.content }));
  const id = said ?? given;
  if (id === null) return perceived;
  const content = { key_stream_id: id, qos: {}, status: payload['end'] === 'a' ? 1 : 0 };
  return { ...perceived, message: 'opened', payload: { ...payload, content }, flaws: [] };
}
