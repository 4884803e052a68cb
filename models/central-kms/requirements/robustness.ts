import type { RequirementRow } from '#models/language/index.ts';

const common = { document: 'central-kms-socket', section: 'Common Errors' } as const;
const error = { document: 'json-rpc', section: '5.1 Error object' } as const;
const response = { document: 'json-rpc', section: '5 Response object' } as const;
const extensions = { document: 'json-rpc', section: '8 Extensions' } as const;
const challenge = { document: 'central-kms-socket', section: 'Challenge Response' } as const;
const all = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;

/** What becomes of wrong messages. */
export const robustness = {
  parseErrorTold: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: common,
    text: 'Text that is no JSON is answered with -32700 and id null.',
  },
  invalidRequestTold: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: common,
    text: 'JSON that is no call is answered with -32600.',
  },
  unknownMethodTold: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: common,
    text: 'A call of an unknown method is answered with -32601.',
  },
  invalidParamsTold: {
    level: 'MUST',
    basis: 'stated',
    binds: 'central-kms',
    cite: common,
    text: 'A call whose params lack a member, or have one of another type, is answered with -32602.',
  },
  unknownMethodOfKmsTold: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: error,
    text: 'A call of an unknown method of the KMS is answered with -32601.',
  },
  invalidParamsOfKmsTold: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: error,
    text: 'A call of the KMS whose params lack a member, or have one of another type, is answered with -32602.',
  },
  wrongStateRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: challenge,
    text: 'A call that is not possible in the state of the connection is refused.',
  },
  refusalChangesNothing: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: all,
    text: 'A refused call changes nothing, and the connection stays.',
  },
  unknownMembersPassed: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: extensions,
    text: 'Members that the document does not name are passed over.',
  },
  responsesUnanswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: response,
    text: 'A response that no call awaits is not answered with a result.',
  },
  connectionsApart: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: all,
    text: 'What happens on one connection changes nothing on another.',
  },
} as const satisfies Record<string, RequirementRow>;
