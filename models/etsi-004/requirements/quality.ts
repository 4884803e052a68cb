import type { RequirementRow } from '#models/language/index.ts';

const standardQos = { document: 'etsi-gs-qkd-004', section: 'QoS parameters' } as const;
const openConnect = { document: 'etsi-004-push', section: 'open-connect' } as const;
const standard = { document: 'etsi-gs-qkd-004', section: 'OPEN_CONNECT' } as const;
const statusTable = { document: 'etsi-004-push', section: 'Status codes' } as const;

/** What the two sides agree on for a stream. */
export const quality = {
  qosTypes: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: standardQos,
    text: 'The members of qos are unsigned 32-bit integers; metadata_mimetype is a text of at most 256 characters.',
  },
  qosOpenMembers: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: openConnect,
    text: 'A member of qos that is null or absent is up to the QKD device: it does not refuse for it.',
  },
  qosAnswered: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'qkd-device',
    cite: openConnect,
    text: 'The answer to open-connect says which key_chunk_size the QKD device chose.',
  },
  qosKept: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: standard,
    text: 'A stream that is open has the qos that was asked for, where it was asked for.',
  },
  qosSuggested: {
    level: 'MAY',
    basis: 'stated',
    binds: 'qkd-device',
    cite: openConnect,
    text: 'The QKD device may suggest another qos, for what it is able to do.',
    unobservable: 'A permission: no trace can break it.',
  },
  counterProposalContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: statusTable,
    text: 'Status 7 comes with a qos: the counter proposal.',
  },
  qosPossible: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'kms',
    cite: standardQos,
    text: 'min_bps is not larger than max_bps, and key_chunk_size is not 0.',
  },
  chunkSizeKept: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardQos,
    text: 'Every key has as many bytes as the agreed key_chunk_size.',
  },
  maxRateKept: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardQos,
    text: 'Keys come at no more than max_bps bits a second.',
  },
  minRateKept: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardQos,
    text: 'Keys come at no less than min_bps bits a second, while there are any.',
  },
  jitterKept: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardQos,
    text: 'The rate deviates by no more than jitter.',
    unobservable: 'The unit of jitter contradicts its meaning.',
  },
  priorityRespected: {
    level: 'MAY',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardQos,
    text: 'Streams of a higher priority may come first.',
    unobservable: 'What a priority means is up to the implementer.',
  },
  mimetypeJson: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'any',
    cite: openConnect,
    text: 'metadata_mimetype is application/json.',
  },
  ttlErasesKeys: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: openConnect,
    text: 'Keys that are older than ttl seconds are erased from the key store.',
    unobservable: 'Key stores are not on the wire.',
  },
  noPushAfterTtl: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'qkd-device',
    cite: standardQos,
    text: 'No key is pushed for a stream whose ttl has passed.',
  },
} as const satisfies Record<string, RequirementRow>;
