import { member, requirements } from '#models/etsi-004/index.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Mutant } from '#src/contract/side.ts';
import { say } from '../say.ts';
import { deviceMutant } from './mutant.ts';

/** A push with another content. */
function pushing(change: (content: object) => object) {
  return (utterance: Utterance): Utterance => {
    const { message, content } = utterance;
    if (message !== 'keyMaterial' || typeof content !== 'object' || content === null) {
      return utterance;
    }
    return { ...utterance, content: { ...content, ...change(content) } };
  };
}

function keyIn(content: object): Buffer {
  return Buffer.from(String(member(content, 'key_buffer')), 'base64');
}

/** QKD devices that are wrong in one place. */
export const deviceMutants: readonly Mutant[] = [
  deviceMutant({
    id: 'device-keys-differ',
    title: 'pushes other keys at end b',
    breaks: requirements.keysEqual,
    shortest: 10,
    deep: true,
    bends: (utterance, scene) => {
      const { frame } = utterance;
      if (frame === undefined || !('end' in frame) || frame.end !== 'b') return utterance;
      const noise = scene.random.below(256);
      return pushing((content) => ({
        key_buffer: Buffer.from(keyIn(content).map((byte) => byte ^ noise ^ 1)).toString('base64'),
      }))(utterance);
    },
  }),
  deviceMutant({
    id: 'device-keys-short',
    title: 'pushes keys that are one byte short',
    breaks: requirements.chunkSizeKept,
    shortest: 9,
    deep: true,
    bends: pushing((content) => ({ key_buffer: keyIn(content).subarray(1).toString('base64') })),
  }),
  deviceMutant({
    id: 'device-index-stuck',
    title: 'pushes every key under index 0',
    breaks: requirements.indexUnique,
    shortest: 11,
    deep: true,
    bends: pushing(() => ({ index: 0 })),
  }),
  deviceMutant({
    id: 'device-serves-unknown-stream',
    title: 'accepts get-key for a stream that there is not',
    breaks: requirements.unknownStreamRefused,
    shortest: 2,
    answers: {
      'stray.unknownStream': () => ({
        ...say('getKeyAccepted', { status: 0 }),
        standsFor: { message: 'getKeyRefused', content: { status: 3 } },
      }),
    },
  }),
  deviceMutant({
    id: 'device-accepts-malformed',
    title: 'opens a stream for a call that is no JSON',
    breaks: requirements.malformedRefused,
    shortest: 2,
    answers: {
      'stray.malformed': ({ random }) => ({
        ...say('opened', { key_stream_id: random.uuid(), qos: {}, status: 0 }),
        standsFor: { message: 'openRefused', content: { status: 5 } },
      }),
    },
  }),
];
