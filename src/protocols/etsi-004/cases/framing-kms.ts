import { requirements } from '#models/etsi-004/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';
import { framingDialects } from '../framing/dialect.ts';
import { inPieces } from './framing-play.ts';
import { table } from './table.ts';

/** How a KMS calls in frames, and takes the answers. */
export const framingKms: readonly Case<Etsi004Bend>[] = table(
  'framing-kms',
  { against: 'kms', dialects: Object.keys(framingDialects) },
  {
    course: {
      title: 'The KMS opens a stream, asks for its keys one by one and closes it',
      covers: [
        requirements.frameVersion,
        requirements.frameService,
        requirements.frameLength,
        requirements.frameTexts,
        requirements.closeBeforeLeaving,
      ],
    },
    'answer-in-pieces': {
      title: 'The KMS reads an answer that comes byte by byte',
      covers: [requirements.getKeyNamesStream, requirements.closeNamesStream],
      from: 'oneA.starting',
      play: (device) => inPieces(device, device.compose('getKeyAccepted'), 1),
    },
    'answer-behind-its-header': {
      title: 'The KMS reads an answer whose header comes before its payload',
      covers: [requirements.getKeyNamesStream, requirements.closeNamesStream],
      from: 'oneA.starting',
      play: (device) => inPieces(device, device.compose('getKeyAccepted'), 8),
    },
    'no-key': {
      title: 'The KMS goes on, or closes its stream, where there is no key',
      covers: [requirements.getKeyNamesStream, requirements.closeBeforeLeaving],
      from: 'oneA.starting',
      play: (device) => device.say('getKeyRefused', { content: { status: 2 } }),
    },
    'room-small': {
      title: 'The KMS asks with more room, or closes its stream, where its room is too small',
      covers: [requirements.getKeyNamesStream, requirements.closeBeforeLeaving],
      from: 'oneA.starting',
      play: (device) => {
        const content = { status: 8, metadata: { size: 2000, buffer: '' } };
        return device.say('getKeyRefused', { content });
      },
    },
    'open-refused': {
      title: 'The KMS asks for no key of a stream that was not opened',
      covers: [requirements.getKeyAfterOpen],
      from: 'oneA.opening',
      play: (device) => device.say('openRefused', { content: { status: 4 } }),
    },
  },
);
