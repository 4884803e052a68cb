import { requirements, type MessageName } from '#models/etsi-004/index.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Mutant } from '#src/contract/side.ts';
import type { Etsi004Bend } from '../codec.ts';
import { jsonText } from '#src/wire/json-text.ts';
import { kmsMutant } from './mutant.ts';

const otherId = '4eb81a5c-031f-4d1f-881d-309bee44fc20';

/** KMSs that are wrong in how they make their calls, or in what stands in them. */
export const kmsCalls: readonly Mutant[] = [
  kmsMutant({
    id: 'kms-names-no-host',
    title: 'leaves Host out when it closes',
    breaks: requirements.hostNamed,
    shortest: 15,
    deep: true,
    bends: within(['close'], () => ({ omit: ['host'] })),
  }),
  kmsMutant({
    id: 'kms-counts-one-more',
    title: 'says a length of its receipts that is one byte too long',
    breaks: requirements.lengthsRight,
    shortest: 8,
    deep: true,
    bends: within(['keyAccepted'], (content) => ({ length: `${jsonText(content).length + 1}` })),
  }),
  kmsMutant({
    id: 'kms-get-key-by-post',
    title: 'asks for keys by POST',
    breaks: requirements.methodsOfCalls,
    shortest: 5,
    bends: within(['getKey'], () => ({ method: 'POST' })),
  }),
  kmsMutant({
    id: 'kms-closes-by-delete',
    title: 'closes by DELETE',
    breaks: requirements.methodsOfCalls,
    shortest: 15,
    deep: true,
    bends: within(['close'], () => ({ method: 'DELETE' })),
  }),
  kmsMutant({
    id: 'kms-path-of-device',
    title: 'asks for keys by a path that names the QKD device as caller',
    breaks: requirements.pathsOfCalls,
    shortest: 5,
    bends: within(['getKey'], () => ({ target: '/api/v1/qkd/etsi004/get-key' })),
  }),
  kmsMutant({
    id: 'kms-content-untyped',
    title: 'does not say that its receipts are JSON',
    breaks: requirements.contentTypeJson,
    shortest: 8,
    deep: true,
    bends: within(['keyAccepted'], () => ({ omit: ['content-type'] })),
  }),
  kmsMutant({
    id: 'kms-writes-python',
    title: 'writes get-key as Python prints it',
    breaks: requirements.bodyIsJson,
    shortest: 5,
    bends: within(['getKey'], (content) => ({
      body: Buffer.from(jsonText(content).replaceAll('"', "'")),
    })),
  }),
  kmsMutant({
    id: 'kms-source-id-word',
    title: 'gives the text null as id at the source',
    breaks: requirements.streamIdIsUuid,
    shortest: 1,
    bends: containing('openConnect', (content) =>
      content['key_stream_id'] === null ? { key_stream_id: 'null' } : {},
    ),
  }),
  kmsMutant({
    id: 'kms-asks-for-no-quality',
    title: 'leaves qos out',
    breaks: requirements.openConnectContent,
    shortest: 1,
    bends: containing('openConnect', () => ({ qos: undefined })),
  }),
  kmsMutant({
    id: 'kms-names-no-destination',
    title: 'leaves the destination out at the destination',
    breaks: requirements.openConnectContent,
    shortest: 3,
    bends: containing('openConnect', (content) =>
      content['key_stream_id'] === null ? {} : { destination: undefined },
    ),
  }),
  kmsMutant({
    id: 'kms-source-is-name',
    title: 'gives a name as source, not a URI',
    breaks: requirements.sourceIsUri,
    shortest: 1,
    bends: containing('openConnect', () => ({ source: 'KMS 1' })),
  }),
  kmsMutant({
    id: 'kms-chunk-size-text',
    title: 'asks for a key_chunk_size as text',
    breaks: requirements.qosTypes,
    shortest: 1,
    bends: containing('openConnect', (content) => ({
      qos: { ...Object(content['qos']), key_chunk_size: '32' },
    })),
  }),
  kmsMutant({
    id: 'kms-rates-turned',
    title: 'asks for a min_bps that is larger than max_bps',
    breaks: requirements.qosPossible,
    shortest: 1,
    bends: containing('openConnect', (content) => ({
      qos: { ...Object(content['qos']), min_bps: 20_000, max_bps: 10_000 },
    })),
  }),
  kmsMutant({
    id: 'kms-other-id-at-destination',
    title: 'gives an id of its own at the destination',
    breaks: requirements.destinationIdGiven,
    shortest: 3,
    bends: containing('openConnect', (content) =>
      content['key_stream_id'] === null ? {} : { key_stream_id: otherId },
    ),
  }),
  kmsMutant({
    id: 'kms-get-key-unnamed',
    title: 'asks for keys and does not say of which stream',
    breaks: requirements.getKeyContent,
    shortest: 5,
    bends: containing('getKey', () => ({ key_stream_id: undefined })),
  }),
  kmsMutant({
    id: 'kms-get-key-negative',
    title: 'asks for keys from the index -1 on',
    breaks: requirements.getKeyContent,
    shortest: 5,
    bends: containing('getKey', () => ({ index: -1 })),
  }),
];

type Content = Readonly<Record<string, unknown>>;

/** Bends the frame of some messages. */
function within(messages: readonly MessageName[], bend: (content: Content) => Etsi004Bend) {
  return (utterance: Utterance): Utterance => {
    if (!messages.some((name) => name === utterance.message)) return utterance;
    const frame = { ...utterance.frame, ...bend({ ...Object(utterance.content) }) };
    return { ...utterance, frame };
  };
}

/** Changes members of the content of one message; those that are `undefined` are left out. */
function containing(message: MessageName, change: (content: Content) => object) {
  return (utterance: Utterance): Utterance => {
    if (utterance.message !== message) return utterance;
    const content = { ...Object(utterance.content) };
    return { ...utterance, content: { ...content, ...change(content) } };
  };
}
