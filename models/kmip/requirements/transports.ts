import type { RequirementRow } from '#models/language/index.ts';

/** How messages travel. */
export const transports = {
  httpPost: {
    level: 'MUST',
    basis: 'stated',
    binds: 'client',
    cite: { document: 'kmip-profiles', section: 'HTTPS Profile' },
    text: 'A request over HTTP is a POST to /kmip.',
  },
  httpContentType: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: { document: 'kmip-profiles', section: 'HTTPS Profile' },
    text: 'The Content-Type is that of the encoding.',
  },
  httpContentLength: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: { document: 'kmip-profiles', section: 'HTTPS Profile' },
    text: 'A message over HTTP has a Content-Length.',
  },
  httpNoCache: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'any',
    cite: { document: 'kmip-profiles', section: 'HTTPS Profile' },
    text: 'A message over HTTP is not cached: Cache-Control: no-cache.',
  },
  httpStatus: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-profiles', section: 'HTTPS Profile' },
    text: 'Where there is a KMIP response, the status is 200.',
  },
  httpSyntax: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: { document: 'kmip-profiles', section: 'HTTPS Profile' },
    text: 'A message over HTTP is one of HTTP/1.1.',
  },
  responseEncoding: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'kmip-profiles', section: 'HTTPS Profile' },
    text: 'A response has the encoding of its request.',
  },
  wrongPathRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'server',
    cite: { document: 'kmip-profiles', section: 'HTTPS Profile' },
    text: 'Another path or method is refused by HTTP.',
  },
  jsonEndpoint: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'cosmian-bulk', section: 'Bulk mode with Messages' },
    text: 'Messages in JSON are taken at /kmip.',
  },
  messageWhole: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: { document: 'kmip-2.1', section: 'Transport' },
    text: 'A side that begins a message finishes it.',
  },
} as const satisfies Readonly<Record<string, RequirementRow>>;
