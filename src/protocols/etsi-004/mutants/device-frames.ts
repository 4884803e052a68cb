import { requirements } from '#models/etsi-004/index.ts';
import type { Mutant } from '#src/contract/side.ts';
import { contentText } from '#src/wire/json-text.ts';
import { content, counted, frame, indexIn, streamIn } from './bending.ts';
import { deviceMutant } from './mutant.ts';

/** QKD devices whose messages are no good HTTP, or say where they belong wrongly. */
export const frameMutants: readonly Mutant[] = [
  deviceMutant({
    id: 'device-length-too-long',
    title: 'announces a byte more than its answer to get-key has',
    breaks: requirements.lengthsRight,
    shortest: 4,
    bends: frame(['getKeyAccepted'], (said) => ({
      length: String(contentText(said).length + 1),
    })),
  }),
  deviceMutant({
    id: 'device-pushes-without-host',
    title: 'pushes keys without Host',
    breaks: requirements.hostNamed,
    shortest: 7,
    bends: frame(['keyMaterial'], () => ({ omit: ['host'] })),
  }),
  deviceMutant({
    id: 'device-pushes-by-put',
    title: 'pushes keys with PUT',
    breaks: requirements.methodsOfCalls,
    shortest: 7,
    bends: frame(['keyMaterial'], () => ({ method: 'PUT' })),
  }),
  deviceMutant({
    id: 'device-pushes-to-own-path',
    title: 'pushes keys to the path of get-key',
    breaks: requirements.pathsOfCalls,
    shortest: 7,
    bends: frame(['keyMaterial'], () => ({ target: '/api/v1/qkd/etsi004/get-key' })),
  }),
  deviceMutant({
    id: 'device-pushes-line-feeds',
    title: 'ends the lines of its fifth push with LF alone',
    breaks: requirements.transportIsHttp,
    shortest: 15,
    deep: true,
    bends: frame(['keyMaterial'], (_, scene) =>
      counted(scene, 'pushes') === 5 ? { lineEnd: '\n' } : {},
    ),
  }),
  deviceMutant({
    id: 'device-pushes-no-json',
    title: 'ends the content of every fourth push with a comma',
    breaks: requirements.bodyIsJson,
    shortest: 13,
    deep: true,
    bends: frame(['keyMaterial'], (said, scene) =>
      counted(scene, 'pushes') % 4 === 0
        ? { body: Buffer.from(Buffer.from(contentText(said)).toString().replace(/\}$/, ',}')) }
        : {},
    ),
  }),
  deviceMutant({
    id: 'device-type-unsaid',
    title: 'does not say that its content is JSON',
    breaks: requirements.contentTypeJson,
    shortest: 2,
    bends: frame(['opened', 'keyMaterial'], () => ({ omit: ['content-type'] })),
  }),
  deviceMutant({
    id: 'device-pushes-base64url',
    title: 'writes keys in the base 64 of URLs',
    breaks: requirements.keyIsBase64,
    shortest: 7,
    bends: content(['keyMaterial'], (said) => ({
      key_buffer: String(Reflect.get(said, 'key_buffer')).replaceAll('=', ''),
    })),
  }),
  deviceMutant({
    id: 'device-pushes-status-two',
    title: 'pushes keys with status 2',
    breaks: requirements.pushStatus,
    shortest: 7,
    bends: content(['keyMaterial'], () => ({ status: 2 })),
  }),
  deviceMutant({
    id: 'device-pushes-index-as-text',
    title: 'writes the index of the third key of a stream as a text',
    breaks: requirements.indexIsUint32,
    shortest: 11,
    deep: true,
    bends: content(['keyMaterial'], (said, scene) =>
      counted(scene, `pushes of ${streamIn(said)}`) === 3 ? { index: String(indexIn(said)) } : {},
    ),
  }),
];
