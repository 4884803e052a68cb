import type { RequirementRow } from '#models/language/index.ts';

const ping = { document: 'rfc-6455', section: '5.5.2 Ping' } as const;
const pong = { document: 'rfc-6455', section: '5.5.3 Pong' } as const;
const close = { document: 'rfc-6455', section: '5.5.1 Close' } as const;
const codes = { document: 'rfc-6455', section: '7.4 Status Codes' } as const;
const start = {
  document: 'rfc-6455',
  section: '7.1.2 Start the WebSocket Closing Handshake',
} as const;
const end = { document: 'rfc-6455', section: '7.1.1 Close the WebSocket Connection' } as const;
const all = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;

/** Pings, and how a connection ends. */
export const control = {
  pingAnswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: ping,
    text: 'A ping is answered with a pong.',
  },
  pongEchoes: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: pong,
    text: 'The pong to a ping carries the same bytes.',
  },
  pongOnce: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: ping,
    text: 'A ping has one pong, not several.',
  },
  pongUnasked: {
    level: 'MAY',
    basis: 'implied',
    binds: 'any',
    cite: pong,
    text: 'A pong may come without a ping.',
    unobservable: 'A permission: no trace can break it.',
  },
  closeAnswered: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: close,
    text: 'A close frame is answered with a close frame.',
  },
  nothingAfterClose: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: close,
    text: 'Nothing is sent behind a close frame.',
  },
  closeBody: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: close,
    text: 'A close frame is empty, or has a code of two bytes and a reason in UTF-8.',
  },
  closeCodes: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: codes,
    text: 'Close codes are those that may be sent: not below 1000, not 1004, 1005, 1006 or 1015, not unassigned.',
  },
  closeHandshake: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: start,
    text: 'Whoever leaves says a close frame first.',
  },
  kmsEndsConnection: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: end,
    text: 'Once both sides have said their close frame the KMS ends the connection.',
  },
  kmsKeepsServing: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: all,
    text: 'The KMS ends no connection but after a failed challenge, a broken frame, or when the sidecar leaves.',
  },
  sidecarMayLeave: {
    level: 'MAY',
    basis: 'implied',
    binds: 'sidecar',
    cite: start,
    text: 'The sidecar may leave at any time.',
    unobservable: 'A permission: no trace can break it.',
  },
} as const satisfies Record<string, RequirementRow>;
