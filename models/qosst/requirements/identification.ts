import type { RequirementRow } from '#models/language/index.ts';

const frame = { document: 'qosst-control-protocol', section: 'Format of frame' } as const;
const identifying = {
  document: 'qosst-control-protocol',
  section: 'Authentication and identification',
} as const;

/** How the sides make themselves known and keep the chain of challenges. */
export const identification = {
  identificationFirst: {
    level: 'MUST',
    basis: 'implied',
    binds: 'bob',
    cite: identifying,
    text: 'Bob identifies himself with IDENTIFICATION_REQUEST before he asks for anything else.',
  },
  identificationRequestContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: identifying,
    text: 'IDENTIFICATION_REQUEST has the serial number of Bob and the version of the control protocol.',
  },
  firstChallengeIssued: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: identifying,
    text: 'IDENTIFICATION_REQUEST issues the first challenge for Alice.',
  },
  firstChallengeExempt: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: identifying,
    text: 'Alice checks the signature but no challenge of IDENTIFICATION_REQUEST, and of no other message.',
  },
  identificationAnswered: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: identifying,
    text: 'Alice answers IDENTIFICATION_REQUEST of a compatible version with IDENTIFICATION_RESPONSE.',
  },
  identificationResponseContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: identifying,
    text: 'IDENTIFICATION_RESPONSE has the serial number of Alice.',
  },

  challengeEchoed: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: frame,
    text: 'Each message returns the challenge that the other side issued in its last one.',
  },
  challengeUnique: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: frame,
    text: 'Each message issues a challenge that its sender has not issued before.',
  },
  lostChainReidentifies: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: identifying,
    text: 'When the chain of challenges is lost, Bob identifies himself again before anything else.',
  },

  versionRefused: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: identifying,
    text: 'Alice answers IDENTIFICATION_REQUEST of an incompatible version with INVALID_QOSST_VERSION.',
  },
  versionRefusedContent: {
    level: 'MUST',
    basis: 'stated',
    binds: 'alice',
    cite: identifying,
    text: 'INVALID_QOSST_VERSION has the version that Alice speaks.',
  },

  contentlessHasNone: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: identifying,
    text: 'A message has the content that its description shows, and none where it shows none.',
  },
} as const satisfies Record<string, RequirementRow>;
