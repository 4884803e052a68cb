import { requirements } from '#models/kmip/index.ts';
import type { Deed, Mutant } from '#src/contract/side.ts';
import { barePath } from '../bare.ts';
import type { KmipBend } from '../compose.ts';
import { client, type ClientMemory } from '../reference/client.ts';
import { respond, server, type ServerScene } from '../reference/server.ts';
import { say } from '../say.ts';
import { mutant, type Change, type ServerMemory } from './mutant.ts';

type Told = Omit<Change<ServerMemory>, 'answers' | 'dialect'>;

/** A server that answers operations posted alone otherwise. */
function answering(change: (deed: Said) => Deed, told: Told): Mutant {
  const otherwise = (scene: ServerScene) =>
    [respond(scene)].flat().map((deed) => (deed.do === 'say' ? change(deed) : deed));
  const changed = { 'exchange.answering': otherwise };
  return mutant('server', server, { ...told, dialect: 'kmip/bare', answers: changed });
}

type Said = Extract<Deed, { do: 'say' }>;

const isRefusal = ({ utterance }: Said) => utterance.message === 'httpRefused';

/** Every response without what tells it from its request. */
const unnamed: KmipBend = {
  written: (bytes) =>
    Buffer.from(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^\{"tag":"(\w+)Response"/, '{"tag":"$1"'),
    ),
};

/** A payload where an operation should stand. */
const payloadAlone: KmipBend = {
  written: (bytes) =>
    Buffer.from(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^\{"tag":"(?!RequestMessage)\w+"/, '{"tag":"RequestPayload"'),
    ),
};

/** Sides that go wrong about operations posted alone. */
export const bareMutants: readonly Mutant[] = [
  answering(() => say('httpRefused', { status: 404, text: `no ${barePath} here` }), {
    id: 'server-bare-not-there',
    title: 'does not know operations without a message around them',
    breaks: requirements.bareTaken,
    shortest: 2,
  }),
  answering((deed) => (isRefusal(deed) ? say('httpRefused', { status: 404 }) : deed), {
    id: 'server-bare-always-404',
    title: 'tells every failure of an operation posted alone by 404',
    breaks: requirements.bareStatusFits,
    shortest: 6,
  }),
  answering(
    (deed) => (isRefusal(deed) ? say('httpRefused', { status: 200, text: 'failed' }) : deed),
    {
      id: 'server-bare-failure-is-200',
      title: 'tells a failure of an operation posted alone by a text and the status 200',
      breaks: requirements.bareAnswered,
      shortest: 2,
    },
  ),
  answering((deed) => ({ ...deed, utterance: { ...deed.utterance, frame: unnamed } }), {
    id: 'server-bare-answers-as-asked',
    title: 'calls the response of an operation posted alone as the operation',
    breaks: requirements.bareAnswered,
    shortest: 2,
  }),
  mutant<ClientMemory>('client', client, {
    id: 'client-bare-payload',
    title: 'posts the payload of an operation, which it does not name',
    breaks: requirements.bareIsOperation,
    shortest: 1,
    dialect: 'kmip/bare',
    bends: (utterance) => ({ ...utterance, frame: payloadAlone }),
  }),
];
