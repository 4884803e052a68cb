import type { RequirementRow } from '#models/language/index.ts';

const framing = { document: 'rfc-6455', section: '5.2 Base Framing Protocol' } as const;
const masking = { document: 'rfc-6455', section: '5.3 Client-to-Server Masking' } as const;
const overview = { document: 'rfc-6455', section: '5.1 Overview' } as const;
const fragments = { document: 'rfc-6455', section: '5.4 Fragmentation' } as const;
const control = { document: 'rfc-6455', section: '5.5 Control Frames' } as const;
const utf8 = {
  document: 'rfc-6455',
  section: '8.1 Handling of Errors in UTF-8-Encoded Data',
} as const;
const failing = { document: 'rfc-6455', section: '7.1.7 Fail the WebSocket Connection' } as const;
const codes = { document: 'rfc-6455', section: '7.4.1 Defined Status Codes' } as const;
const all = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;

/** How messages lie in frames. */
export const frames = {
  clientMasks: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: overview,
    text: 'Every frame of the sidecar is masked.',
  },
  serverUnmasked: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: overview,
    text: 'No frame of the KMS is masked.',
  },
  maskFresh: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: masking,
    text: 'The masking key is chosen anew, unpredictably, for each frame.',
  },
  unmaskedRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: overview,
    text: 'An unmasked frame of the sidecar ends the connection.',
  },
  maskedRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: overview,
    text: 'A masked frame of the KMS ends the connection.',
  },
  reservedBitsZero: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: framing,
    text: 'RSV1, RSV2 and RSV3 are 0 where no extension is agreed on.',
  },
  opcodesKnown: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: framing,
    text: 'Opcodes are those of continuation, text, binary, close, ping and pong.',
  },
  lengthsMinimal: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: framing,
    text: 'The length of a payload is written in as few bytes as possible, its highest bit 0.',
  },
  controlFrames: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: control,
    text: 'A control frame is not fragmented and has at most 125 bytes.',
  },
  fragmentsOrdered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: fragments,
    text: 'Fragments of one message follow each other, with control frames alone between them.',
  },
  fragmentsJoined: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: fragments,
    text: 'A message in fragments means the same as in one frame.',
  },
  textIsUtf8: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: utf8,
    text: 'A text message is UTF-8.',
  },
  brokenFrameFails: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: framing,
    text: 'A frame that breaks the rules of framing ends the connection.',
  },
  brokenTextFails: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: utf8,
    text: 'Text that is not UTF-8 ends the connection.',
  },
  failureTold: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: failing,
    text: 'Whoever ends a connection for a broken frame says so in a close frame.',
  },
  failureCode: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: codes,
    text: 'The close frame after a broken frame has the code for it: 1002, 1003, 1007 or 1009.',
  },
  messagesAreText: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: all,
    text: 'Messages are sent as text.',
  },
  framesWhole: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: framing,
    text: 'A frame that was begun is finished.',
  },
} as const satisfies Record<string, RequirementRow>;
