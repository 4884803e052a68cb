import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { Etsi004Player } from './case.ts';
import { honest } from './kms-speech.ts';
import { table, type Row } from './table.ts';

/** Rounds of refusals: more than a KMS needs to give up. */
const manyRounds = 12;

/** Statuses with which open-connect is refused, and their HTTP codes. */
const refusals: readonly (readonly [status: number, code: number])[] = [
  [2, 500],
  [3, 400],
  [4, 500],
  [5, 400],
  [6, 500],
  [8, 400],
];
const otherCodes = [401, 403, 404, 409, 422, 429, 502, 503];

/** How KMSs bear that open-connect is refused, at either end. */
export const kmsRefused: readonly Case<Etsi004Bend>[] = [
  ...atSource(
    Object.fromEntries(
      refusals.map(([status, code]) => [
        `refused-${status}`,
        refusal(`with status ${status}`, { status }, code),
      ]),
    ),
  ),
  ...atSource(
    Object.fromEntries(
      otherCodes.map((code) => [
        `code-${code}`,
        {
          ...refusal(`with ${code}`, { status: 4 }, code),
          tags: code === 503 ? [] : ['exhaustive'],
        },
      ]),
    ),
  ),
  ...atSource({
    'refused-with-id': {
      title: 'The KMS asks for no keys of a stream that was refused, whatever else is said',
      covers: [requirements.getKeyAfterOpen],
      play: (device) => {
        const tempting = { ...honest(device, 'opened'), status: 4 };
        return device.say('openRefused', { content: tempting, frame: { code: 500 } });
      },
    },
    'refused-again-and-again': {
      title: 'The KMS gives up, or asks again, each time that a stream is refused',
      covers: [requirements.getKeyAfterOpen],
      play: (device) => keepRefusing(device, 'openRefused', () => ({ status: 6 })),
    },
    'counter-proposal': {
      title: 'The KMS asks anew after a counter proposal, or leaves',
      covers: [requirements.getKeyAfterOpen, requirements.openConnectContent],
      play: (device) => device.say('counterProposed', { content: proposal(device) }),
    },
    'counter-proposal-with-id': {
      title: 'The KMS does not take a counter proposal with an id for an open stream',
      covers: [requirements.getKeyAfterOpen],
      play: (device) => {
        const { key_stream_id: id } = honest(device, 'opened');
        const content = { ...proposal(device), key_stream_id: id };
        return device.say('counterProposed', { content });
      },
    },
    'counter-proposed-again-and-again': {
      title: 'The KMS gives up, or asks anew, each time that another quality is proposed',
      covers: [requirements.getKeyAfterOpen],
      play: (device) => keepRefusing(device, 'counterProposed', () => proposal(device)),
    },
  }),
  ...table(
    'kms-refused',
    { against: 'kms', from: 'oneB.opening', tags: ['choice'] },
    {
      'destination-slow': {
        title: 'The KMS waits for the answer at the destination',
        covers: [requirements.getKeyAfterOpen],
        play: async (device) => {
          await device.hear(150);
          device.send('opened');
        },
      },
      'destination-refused-5': {
        title: 'The KMS asks for no keys at the destination where its id is in use',
        covers: [requirements.getKeyAfterOpen],
        play: (device) => device.say('openRefused', { content: { status: 5 } }),
      },
      'destination-refused-4': {
        title: 'The KMS asks for no keys at the destination where there is no QKD connection',
        covers: [requirements.getKeyAfterOpen],
        play: (device) => device.say('openRefused', { content: { status: 4 } }),
      },
      'destination-counter-proposal': {
        title: 'The KMS gives the id of the source again after a counter proposal',
        covers: [requirements.destinationIdGiven, requirements.getKeyAfterOpen],
        play: (device) => device.say('counterProposed', { content: proposal(device) }),
      },
    },
  ),
];

function atSource(rows: Readonly<Record<string, Row>>): readonly Case<Etsi004Bend>[] {
  return table('kms-refused', { against: 'kms', from: 'oneA.opening' }, rows);
}

function refusal(how: string, content: object, code: number): Row {
  return {
    title: `The KMS asks for no keys of a stream that was refused ${how}`,
    covers: [requirements.getKeyAfterOpen],
    play: (device) => device.say('openRefused', { content, frame: { code } }),
  };
}

/** Another quality than was asked for, at which keys come fast all the same. */
function proposal(device: Etsi004Player): object {
  const { qos } = { qos: {}, ...honest(device, 'opened') };
  return { key_stream_id: null, qos: { ...Object(qos), jitter: 7, priority: 1 }, status: 7 };
}

/** Refuses open-connect as long as the KMS asks. */
async function keepRefusing(
  device: Etsi004Player,
  answer: 'openRefused' | 'counterProposed',
  content: () => object,
): Promise<void> {
  for (let round = 0; round < manyRounds; round += 1) {
    device.send(answer, { content: content() });
    const heard = await device.hear();
    if (heard.kind !== 'frame' || heard.perceived.message !== 'openConnect') return;
  }
}
