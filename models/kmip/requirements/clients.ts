import type { RequirementRow } from '#models/language/index.ts';

const mind = 'What a client makes of a response does not show on the wire.';

/** What a client does with responses, and gives to a server. */
export const clients = {
  failureTaken: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Result Status' },
    text: 'A client goes by the Result Status: what failed, or was undone, has made nothing that it could use.',
  },
  resultsMatched: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Unique Batch Item ID' },
    text: 'A client takes a result for the item that its Unique Batch Item ID and its Operation say, and for no other.',
    unobservable: mind,
  },
  badResponseNoticed: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Error Handling' },
    text: 'A client notices a response that is none to its request.',
    unobservable: mind,
  },
  staysConformant: {
    level: 'MUST',
    basis: 'implied',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Message Structure' },
    text: 'Whatever a client is answered, what it says next is a request as any other.',
  },
  responsesRead: {
    level: 'MUST',
    basis: 'implied',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Message Structure' },
    text: 'A client goes on behind a response that is right in any way that the document allows.',
  },
  identifiersExact: {
    level: 'MUST',
    basis: 'implied',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Unique Identifier' },
    text: 'A client names an object as the server has named it, to the letter.',
  },
  serverAttributesLeft: {
    level: 'MUST',
    basis: 'stated',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Object Attributes' },
    text: 'A client does not give a new object attributes that only the server sets.',
  },
  neededAttributesGiven: {
    level: 'MUST',
    basis: 'stated',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Create' },
    text: 'Create says the Cryptographic Algorithm and the Cryptographic Usage Mask.',
  },
  compromiseDateFits: {
    level: 'MUST',
    basis: 'stated',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Revoke' },
    text: 'Revoke has a Compromise Occurrence Date only where its reason is a compromise.',
  },
  sizeLimitPositive: {
    level: 'MUST',
    basis: 'implied',
    binds: 'client',
    cite: { document: 'kmip-2.1', section: 'Maximum Response Size' },
    text: 'Maximum Response Size is a number of bytes: none below zero.',
  },
} as const satisfies Readonly<Record<string, RequirementRow>>;
