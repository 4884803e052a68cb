import type { RequirementRow } from '#models/language/index.ts';

const frame = { document: 'qosst-control-protocol', section: 'Format of frame' } as const;

/** What a frame is, byte by byte. */
export const framing = {
  bodyOrder: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: frame,
    text: 'After the fixed header come the signed digest, the header and the content, in this order.',
  },
  fixedHeaderFourBytes: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: frame,
    text: 'A frame starts with a fixed header of four bytes.',
  },
  lengthsBigEndian: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: frame,
    text: 'The fixed header is two 2-byte big-endian lengths, of the digest and of the header.',
  },
  lengthsInOrder: {
    level: 'MUST',
    basis: 'observed',
    binds: 'any',
    cite: frame,
    text: 'The length of the header comes first, then that of the digest; the prose has them the other way round.',
  },
  digestMatches: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: frame,
    text: 'The signed digest verifies against the header and the content, byte for byte as sent.',
  },

  headerIsJsonObject: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: frame,
    text: 'The header is a JSON object.',
  },
  headerMembers: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: frame,
    text: 'The header has at least code, challenge, next_challenge and content_length.',
  },
  headerMemberTypes: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: frame,
    text: 'The code is an integer, both challenges are strings, the content length is an integer of at least 0.',
  },
  headerExtrasTolerated: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: frame,
    text: 'A header with further members is as good as one without: the four are the least it has.',
  },

  contentLengthCountsBytes: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: frame,
    text: 'The content length is the number of bytes of the content that follows.',
  },
  noContentHasLengthZero: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: frame,
    text: 'A message without content has the content length 0.',
  },
  contentIsJson: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: frame,
    text: 'Content is JSON: an object whose members depend on the message.',
  },
  limitsRespected: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: frame,
    text: 'Digest and header are at most 65,535 bytes each, and the content is within the limit of the receiver.',
  },
} as const satisfies Record<string, RequirementRow>;
