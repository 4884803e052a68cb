import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { Etsi004Player } from './case.ts';
import { insistOn, keyContent, untilClosing } from './kms-speech.ts';
import { table } from './table.ts';

const { closeBeforeLeaving, closeNamesStream, everyPushAnswered } = requirements;

/** Rounds of refusals: more than a KMS needs to give up. */
const manyRounds = 12;

/** How KMSs close a stream, and what they answer to keys that cross with it. */
export const kmsClosing: readonly Case<Etsi004Bend>[] = table(
  'kms-closing',
  { against: 'kms', from: 'oneA.pushing' },
  {
    'code-200': {
      title: 'The KMS is done with a stream whose close is answered with 200 and a status',
      covers: [closeNamesStream],
      play: closing((device) =>
        device.say('closeAccepted', { content: { status: 0 }, frame: { code: 200 } }),
      ),
    },
    'code-204': {
      title: 'The KMS is done with a stream whose close is answered with 204',
      covers: [closeNamesStream],
      play: closing((device) => device.say('closeAccepted')),
    },
    'answered-late': {
      title: 'The KMS waits for an answer to close that takes its time',
      covers: [closeNamesStream],
      play: closing(async (device) => {
        await device.hear(150);
        device.send('closeAccepted');
      }),
    },
    refused: {
      title: 'The KMS stays within the interface when close is refused',
      covers: [closeNamesStream, closeBeforeLeaving],
      play: closing((device) => device.say('closeRefused', { content: { status: 6 } })),
    },
    'refused-as-unknown': {
      title: 'The KMS stays within the interface when its stream is said to be gone',
      covers: [closeNamesStream],
      play: closing((device) => device.say('closeRefused', { content: { status: 5 } })),
    },
    'refused-again-and-again': {
      title: 'The KMS gives up, or closes again, each time that close is refused',
      covers: [closeNamesStream],
      play: closing(async (device) => {
        for (let round = 0; round < manyRounds; round += 1) {
          device.send('closeRefused', { content: { status: 6 } });
          const heard = await device.hear();
          if (heard.kind !== 'frame' || heard.perceived.message !== 'close') return;
        }
      }),
    },
    'push-crosses': {
      title: 'The KMS answers a key that crosses with its close',
      covers: [everyPushAnswered],
      play: closing(async (device) => {
        const content = keyContent(device);
        device.send('keyMaterial', { content, frame: { end: 'a' } });
        device.send('closeAccepted');
        await device.hear();
      }),
    },
    'push-before-answer': {
      title: 'The KMS answers a key before its close is answered',
      covers: [everyPushAnswered],
      play: closing(async (device) => {
        await device.say('keyMaterial', {
          content: keyContent(device),
          frame: { end: 'a' },
        });
        await device.say('closeAccepted');
      }),
    },
    'push-after': {
      title: 'The KMS answers a key after close, or is gone',
      covers: [everyPushAnswered],
      tags: ['hostile'],
      play: closing(async (device) => {
        const content = keyContent(device);
        device.send('closeAccepted');
        await device.pause(5);
        device.send('keyMaterial', { content, frame: { end: 'a' } });
        await device.hear();
      }),
    },
    'pushes-long-after': {
      title: 'The KMS bears a device that goes on pushing after close',
      covers: [everyPushAnswered],
      tags: ['hostile'],
      play: closing(async (device) => {
        device.send('closeAccepted');
        await insistOn(device, [{}, {}, {}], 10);
      }),
    },
  },
);

/** Begins where the KMS has asked for the end of its stream at end a; if it does not, that is all. */
function closing(play: (device: Etsi004Player) => Promise<unknown>) {
  return async (device: Etsi004Player) => {
    if (await untilClosing(device)) await play(device);
  };
}
