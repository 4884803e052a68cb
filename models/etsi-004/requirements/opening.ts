import type { RequirementRow } from '#models/language/index.ts';

const openConnect = { document: 'etsi-004-push', section: 'open-connect' } as const;
const uuidFormat = { document: 'rfc-9562', section: 'UUID format' } as const;
const standard = { document: 'etsi-gs-qkd-004', section: 'OPEN_CONNECT' } as const;
const standardStatus = { document: 'etsi-gs-qkd-004', section: 'Status' } as const;
const statusTable = { document: 'etsi-004-push', section: 'Status codes' } as const;

/** How a key stream is opened at its two ends. */
export const opening = {
  openConnectContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'kms',
    cite: openConnect,
    text: 'open-connect has source, destination, key_stream_id and qos.',
  },
  sourceIsUri: {
    level: 'MUST',
    basis: 'stated',
    binds: 'kms',
    cite: openConnect,
    text: 'source is the URI of the source of the request.',
  },
  destinationIsUri: {
    level: 'MUST',
    basis: 'stated',
    binds: 'kms',
    cite: openConnect,
    text: 'destination is the URI of the destination of the request.',
  },
  endpointsDirect: {
    level: 'MUST',
    basis: 'stated',
    binds: 'kms',
    cite: openConnect,
    text: 'source and destination are directly connected endpoints.',
    unobservable: 'The links of the network are not on the wire.',
  },
  sourceIdNull: {
    level: 'MUST',
    basis: 'stated',
    binds: 'kms',
    cite: openConnect,
    text: 'At the source, key_stream_id is null.',
  },
  destinationIdGiven: {
    level: 'MUST',
    basis: 'stated',
    binds: 'kms',
    cite: openConnect,
    text: 'At the destination, key_stream_id is that of the source.',
  },
  streamIdAssigned: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: openConnect,
    text: 'At the source, the QKD device assigns the key_stream_id, one that no other stream has.',
  },
  streamIdKept: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: openConnect,
    text: 'At the destination, the answer has the key_stream_id that was given.',
  },
  streamIdIsUuid: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: uuidFormat,
    text: 'A key_stream_id is a UUID in its usual text form.',
  },
  streamIdRandom: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standard,
    text: 'A key_stream_id that the QKD device assigns is a UUID of version 4.',
  },
  streamIdPassedOn: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: openConnect,
    text: 'The source end passes the key_stream_id on to the destination end.',
    unobservable: 'It is passed on over other interfaces.',
  },
  openConnectAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: openConnect,
    text: 'The QKD device answers open-connect: it opens the stream, offers another quality, or refuses.',
  },
  openedContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: openConnect,
    text: 'The answer to an accepted open-connect has key_stream_id, qos and status.',
  },
  openConnectStatuses: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardStatus,
    text: 'open-connect is answered with status 0, 1, 4, 5, 6 or 7.',
  },
  peerAbsenceTold: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'qkd-device',
    cite: statusTable,
    text: 'Status 1 says that the peer is not connected yet; once both ends are open it is 0.',
  },
  idInUseRefused: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: statusTable,
    text: 'open-connect with the id of a stream that is open at this end is refused, with status 5.',
  },
  openTimeout: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standard,
    text: 'A device that waits for the peer waits no longer than the timeout, then answers.',
  },
  refusedOpenLeavesNothing: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: standard,
    text: 'After a refused open-connect no stream is open.',
  },
} as const satisfies Record<string, RequirementRow>;
