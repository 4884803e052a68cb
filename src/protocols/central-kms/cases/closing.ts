import { requirements } from '#models/central-kms/index.ts';
import type { SocketCase } from './case.ts';
import { closeCodesGood } from './frame-bends.ts';
import { rowsOf, table } from './table.ts';

const { closeAnswered, kmsEndsConnection, nothingAfterClose } = requirements;

/** How connections end. */
export const closing: readonly SocketCase[] = table(
  'closing',
  { against: 'central-kms', from: 'connection.connected' },
  {
    ...rowsOf(closeCodesGood, (code, name) => ({
      title: `The KMS answers a close frame and ends the connection: ${name.replaceAll('-', ' ')}`,
      covers: [closeAnswered, kmsEndsConnection],
      play: (sidecar) => sidecar.say('closeFrame', { content: { code } }),
    })),
    'with-reason': {
      title: 'The KMS answers a close frame with a reason of 123 bytes',
      covers: [closeAnswered, requirements.closeBody],
      play: (sidecar) =>
        sidecar.say('closeFrame', { content: { code: 1000, reason: `é${'r'.repeat(121)}` } }),
    },
    'when-registered': {
      title: 'The KMS answers a close frame of a sidecar that has registered',
      covers: [closeAnswered, kmsEndsConnection, nothingAfterClose],
      from: 'connection.registered',
      play: (sidecar) => sidecar.say('closeFrame'),
    },
    'call-behind-close': {
      title: 'The KMS answers nothing that comes behind a close frame',
      covers: [nothingAfterClose, kmsEndsConnection],
      tags: ['hostile'],
      play: async (sidecar) => {
        const call = sidecar.compose('register');
        await sidecar.say('closeFrame', { bytes: (bytes) => Buffer.concat([bytes, call]) });
      },
    },
    'stays-open': {
      title: 'The KMS keeps a connection on which nothing is said for a while',
      covers: [requirements.kmsKeepsServing, requirements.closeHandshake],
      tags: ['slow'],
      play: async (sidecar) => {
        await sidecar.hear(1500);
        await sidecar.say('register');
      },
    },
    'without-close': {
      title: 'A connection that ends without a close frame hinders no other',
      covers: [requirements.connectionsApart],
      play: async (sidecar) => {
        await sidecar.say('register');
        await sidecar.reconnect('reset');
        await sidecar.walk('connection.registered');
      },
    },
  },
);
