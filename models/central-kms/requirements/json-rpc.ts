import type { RequirementRow } from '#models/language/index.ts';

const all = { document: 'central-kms-socket', section: 'Central KMS Socket' } as const;
const errors = { document: 'central-kms-socket', section: 'Errors' } as const;
const common = { document: 'central-kms-socket', section: 'Common Errors' } as const;
const request = { document: 'json-rpc', section: '4 Request object' } as const;
const notification = { document: 'json-rpc', section: '4.1 Notification' } as const;
const params = { document: 'json-rpc', section: '4.2 Parameter Structures' } as const;
const response = { document: 'json-rpc', section: '5 Response object' } as const;
const error = { document: 'json-rpc', section: '5.1 Error object' } as const;
const batch = { document: 'json-rpc', section: '6 Batch' } as const;
const json = { document: 'rfc-8259', section: '8.1 Character Encoding' } as const;
const grammar = { document: 'rfc-8259', section: '2 JSON Grammar' } as const;
const objects = { document: 'rfc-8259', section: '4 Objects' } as const;

/** What JSON-RPC demands of every message. */
export const jsonRpc = {
  textIsJson: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: all,
    text: 'Every text message is one JSON text, and nothing else.',
  },
  jsonIsUtf8: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: json,
    text: 'Texts are UTF-8 without a byte order mark.',
  },
  jsonGrammar: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: grammar,
    text: 'Texts keep to the grammar of JSON.',
  },
  memberNamesUnique: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: objects,
    text: 'The names of the members of an object are unique.',
  },
  versionGiven: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: request,
    text: 'Every call and every response has jsonrpc "2.0".',
  },
  methodGiven: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: request,
    text: 'A call has a method, which is a string.',
  },
  methodKnown: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: all,
    text: 'The methods that are called are those of the document, as it spells them.',
  },
  paramsStructured: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: request,
    text: 'params are an object or an array.',
  },
  paramsByName: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: params,
    text: 'The params of the socket are given by name.',
  },
  idType: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: request,
    text: 'An id is a string, a number or null.',
  },
  idNotNull: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: request,
    text: 'An id is not null, and no fraction.',
  },
  commandIdIsText: {
    level: 'MUST',
    basis: 'stated',
    binds: 'sidecar',
    cite: all,
    text: "The ids of the sidecar's calls are strings.",
  },
  commandIdGiven: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: all,
    text: 'Every call has an id.',
  },
  idsDistinct: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: request,
    text: 'No id is used again while a call with it awaits its response.',
  },
  reservedNames: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: request,
    text: 'No method begins with rpc. but those of JSON-RPC itself.',
  },
  everyCallAnswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: response,
    text: 'Every call of the sidecar that has an id is answered.',
  },
  kmsCallsAnswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'sidecar',
    cite: response,
    text: 'Every call of the KMS that has an id is answered.',
  },
  oneResponse: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: response,
    text: 'A call has one response, not several, and none comes without a call.',
  },
  idKept: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: response,
    text: 'A response has the id of its call, with its type.',
  },
  resultOrError: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: response,
    text: 'A response has a result or an error, never both.',
  },
  errorFormat: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: errors,
    text: 'An error has an integer as code and a string as message.',
  },
  errorTexts: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'central-kms',
    cite: common,
    text: 'The messages of errors are those of the document.',
  },
  reservedCodes: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: error,
    text: 'Of the codes from -32768 to -32000 only those of JSON-RPC and its server errors are used.',
  },
  listedCodes: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'central-kms',
    cite: common,
    text: 'The codes of errors are those that the document lists.',
  },
  errorCodeFits: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: error,
    text: 'The code of an error says what is wrong with the call.',
  },
  notificationsUnanswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: notification,
    text: 'A notification is not answered, not even with an error.',
  },
  arraysAnswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: batch,
    text: 'An array of calls is answered with an array of their responses, or refused as a whole.',
  },
  arrayOfNothing: {
    level: 'MUST',
    basis: 'implied',
    binds: 'central-kms',
    cite: batch,
    text: 'An empty array is answered with one error -32600 with id null.',
  },
  idSpacesApart: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: all,
    text: 'The ids of the two sides have nothing to do with each other.',
  },
  answersInAnyOrder: {
    level: 'MAY',
    basis: 'implied',
    binds: 'central-kms',
    cite: batch,
    text: 'Calls may be answered in another order.',
    unobservable: 'A permission: no trace can break it.',
  },
} as const satisfies Record<string, RequirementRow>;
