import { all, isFields, itemsOf, requirements, type Fields } from '#models/kmip/index.ts';
import type { Mutant, SideScene } from '#src/contract/side.ts';
import { client, proceed, type ClientMemory } from '../reference/client.ts';
import { mutant } from './mutant.ts';

type Scene = SideScene<ClientMemory>;

/** The response as if each of its items had succeeded. */
function asSuccess({ heard, ...scene }: Scene): Scene {
  const content = heard?.payload['content'];
  if (heard === null || !isFields(content)) return { ...scene, heard };
  const items = itemsOf(content).map((item): Fields => {
    const [payload] = all(item, 'ResponsePayload');
    return { ResultStatus: 'Success', ResponsePayload: payload };
  });
  return { ...scene, heard: { ...heard, flaws: [], payload: { content: { BatchItem: items } } } };
}

/** Clients that make something wrong of what they hear. */
export const clientConductMutants: readonly Mutant[] = [
  mutant<ClientMemory>('client', client, {
    id: 'client-takes-failure-for-success',
    title: 'uses what a failed operation names',
    breaks: requirements.failureTaken,
    shortest: 7,
    answers: { 'exchange.idle': (scene) => proceed(asSuccess(scene)) },
  }),
  mutant<ClientMemory>('client', client, {
    id: 'client-needs-silence-of-messages',
    title: 'leaves where a success has a message',
    breaks: requirements.responsesRead,
    shortest: 3,
    answers: {
      'exchange.idle': (scene) => {
        const items = itemsOf(scene.heard?.payload['content']);
        const hasMessage = items.some((item) => all(item, 'ResultMessage').length > 0);
        return hasMessage ? { do: 'close' } : proceed(scene);
      },
    },
  }),
];
