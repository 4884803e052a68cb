import type { RequirementRow } from '#models/language/index.ts';

const clientErrors = { document: 'rfc-9110', section: 'Client Error 4xx' } as const;
const standardStatus = { document: 'etsi-gs-qkd-004', section: 'Status' } as const;
const json = { document: 'rfc-8259', section: 'JSON grammar' } as const;
const standard = { document: 'etsi-gs-qkd-004', section: 'OPEN_CONNECT' } as const;
const standardGetKey = { document: 'etsi-gs-qkd-004', section: 'GET_KEY' } as const;
const server = { document: 'etsi-004-push', section: 'Server description' } as const;

/** What becomes of wrong calls, and of several streams at once. */
export const robustness = {
  malformedRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: clientErrors,
    text: 'A call that is no HTTP or no JSON is refused, never accepted.',
  },
  unfitRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: clientErrors,
    text: 'A call whose content lacks a required member, or has one of another type, is refused.',
  },
  misplacedRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: standardStatus,
    text: 'A call that is not possible in the state of its stream is refused.',
  },
  badPushRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'kms',
    cite: clientErrors,
    text: 'A key-material that is malformed or unfit is refused, never accepted.',
  },
  refusalChangesNothing: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: standardStatus,
    text: 'A refused call leaves every stream as it was.',
  },
  unknownMembersPassed: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: json,
    text: 'Members that the document does not name are passed over.',
  },
  streamsIndependent: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: standard,
    text: 'What happens to one stream changes nothing in another.',
  },
  keysOfOneStream: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: standardGetKey,
    text: 'No key is delivered in two streams.',
  },
  endsIndependent: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: server,
    text: 'Each end is served by its own device: calls at one end are answered while the other is busy.',
  },
} as const satisfies Record<string, RequirementRow>;
