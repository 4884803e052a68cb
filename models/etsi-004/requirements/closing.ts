import type { RequirementRow } from '#models/language/index.ts';

const close = { document: 'etsi-004-push', section: 'close' } as const;
const standardStatus = { document: 'etsi-gs-qkd-004', section: 'Status' } as const;
const standardClose = { document: 'etsi-gs-qkd-004', section: 'CLOSE' } as const;

/** How a stream ends. */
export const closing = {
  closeContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'kms',
    cite: close,
    text: 'close has a key_stream_id.',
  },
  closeNamesStream: {
    level: 'MUST',
    basis: 'stated',
    binds: 'kms',
    cite: close,
    text: 'close names a stream that open-connect gave, and that is not closed.',
  },
  closeAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: close,
    text: 'The QKD device answers close.',
  },
  closeAcceptedContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: close,
    text: 'What content the answer to an accepted close has, holds status 0.',
  },
  closeStatuses: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardStatus,
    text: 'close is answered with status 0, or refused with 3, 5 or 6.',
  },
  closeEndsPushing: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: close,
    text: 'No key is pushed for a stream after close, but for one that was under way.',
  },
  getKeyAfterCloseRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: close,
    text: 'get-key for a closed stream is refused.',
  },
  closeOneEnd: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: standardClose,
    text: 'close at one end leaves the stream open at the other end.',
  },
  unusedKeysDiscarded: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardClose,
    text: 'Keys that were not delivered are kept for the other end, then discarded.',
    unobservable: 'The store of the QKD device is not on the wire.',
  },
  closeBeforeLeaving: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'kms',
    cite: close,
    text: 'The KMS closes its streams before it leaves.',
  },
} as const satisfies Record<string, RequirementRow>;
