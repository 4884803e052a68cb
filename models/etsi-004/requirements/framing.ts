import type { RequirementRow } from '#models/language/index.ts';

const frames = { document: 'etsi-004-framing', section: 'Frames' } as const;
const payloads = { document: 'etsi-004-framing', section: 'Payloads' } as const;
const connections = { document: 'etsi-004-framing', section: 'Connections' } as const;
const standardGetKey = { document: 'etsi-gs-qkd-004', section: 'GET_KEY' } as const;

/** How the calls lie in frames over TCP, where keys are pulled; as released servers do it. */
export const framing = {
  frameVersion: {
    level: 'MUST',
    basis: 'observed',
    binds: 'any',
    cite: frames,
    text: 'Every frame begins with the three bytes of the version of its edition.',
  },
  frameService: {
    level: 'MUST',
    basis: 'observed',
    binds: 'any',
    cite: frames,
    text: 'Every frame names a service; that of an answer is the one of its call and one more.',
  },
  frameLength: {
    level: 'MUST',
    basis: 'observed',
    binds: 'any',
    cite: frames,
    text: 'The length in a header is that of the payload, which ends with its last member.',
  },
  frameTexts: {
    level: 'MUST',
    basis: 'observed',
    binds: 'any',
    cite: payloads,
    text: 'Texts in a payload are UTF-8 and end with a NUL.',
  },
  framesInAnyCut: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: connections,
    text: 'A frame is read however its bytes are cut into segments.',
  },
  framesFollow: {
    level: 'MUST',
    basis: 'observed',
    binds: 'qkd-device',
    cite: connections,
    text: 'Where connections carry many requests, each is answered, in their order.',
  },
  oneFrameConnections: {
    level: 'SHOULD',
    basis: 'observed',
    binds: 'qkd-device',
    cite: connections,
    text: 'Where a connection carries one request, the QKD device ends it behind its answer.',
    unobservable: 'The end of a connection on which nothing is owed says nothing to a session.',
  },
  pulledIndex: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardGetKey,
    text: 'The answer to get-key brings the key of the index that was asked for.',
  },
  pulledBeyond: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'qkd-device',
    cite: standardGetKey,
    text: 'get-key for a key that is not there is refused.',
    unobservable: 'Which keys there are, only the QKD device knows.',
  },
} as const satisfies Record<string, RequirementRow>;
