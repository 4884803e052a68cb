import type { RequirementRow } from '#models/language/index.ts';

const server = { document: 'etsi-004-push', section: 'Server description' } as const;
const messageSyntax = { document: 'rfc-9112', section: 'Message format' } as const;
const framing = { document: 'rfc-9112', section: 'Message body length' } as const;
const json = { document: 'rfc-8259', section: 'JSON grammar' } as const;
const readme = { document: 'etsi-004-push', section: 'Transport and error codes' } as const;
const getKey = { document: 'etsi-004-push', section: 'get-key' } as const;
const emptyAnswers = {
  document: 'rfc-9110',
  section: '204 No Content, 205 Reset Content',
} as const;
const statusTable = { document: 'etsi-004-push', section: 'Status codes' } as const;
const semantics = { document: 'rfc-9110', section: 'HTTP semantics' } as const;
const clientErrors = { document: 'rfc-9110', section: 'Client Error 4xx' } as const;
const keyMaterial = { document: 'etsi-004-push-kms', section: 'key-material' } as const;

/** How the calls lie in HTTP, and which codes their answers have. */
export const transport = {
  callsOfTheirSide: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: server,
    text: 'The KMS calls open-connect, get-key and close; the QKD device calls key-material.',
  },
  pathsOfCalls: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: server,
    text: 'Each call goes to its own path, whose first part names the caller.',
  },
  methodsOfCalls: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: server,
    text: 'open-connect and key-material are POST, get-key is GET, close is PUT.',
  },
  transportIsHttp: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: messageSyntax,
    text: 'Every call and every answer is an HTTP/1.1 message: start line, fields, an empty line, content.',
  },
  hostNamed: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: messageSyntax,
    text: 'Every call has exactly one Host field.',
  },
  lengthsRight: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: framing,
    text: 'Content-Length, or the chunks, say how long the content is; a message has one of the two.',
  },
  bodyIsJson: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: json,
    text: 'The content of every call and every answer is a JSON object in UTF-8.',
  },
  memberNamesUnique: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'any',
    cite: json,
    text: 'No member of a JSON object has the name of another.',
  },
  contentTypeJson: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'any',
    cite: readme,
    text: 'What has content says that it is application/json.',
  },
  getContentRead: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: getKey,
    text: 'The QKD device reads the content of get-key, although it is a GET.',
  },
  emptyCloseAnswer: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: emptyAnswers,
    text: 'An answer with code 204 has no content.',
  },
  emptyResetAnswer: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'qkd-device',
    cite: emptyAnswers,
    text: 'An answer with code 205 has no content.',
  },
  successCodes: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'any',
    cite: readme,
    text: 'Success is 201 for open-connect and key-material, 205 for get-key and 204 for close.',
  },
  codeTellsOutcome: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: readme,
    text: 'A code of the 200s has status 0 or 1 beside it; any other code has another status.',
  },
  errorCodes: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'qkd-device',
    cite: statusTable,
    text: 'Status 3, 5 and 8 come with HTTP 400; 2, 4, 6 and 7 with HTTP 500.',
  },
  errorNamesStatus: {
    level: 'MUST',
    basis: 'stated',
    binds: 'qkd-device',
    cite: readme,
    text: 'An error answer to a call of the interface has a status in its content.',
  },
  oneAnswerACall: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: semantics,
    text: 'Every call gets exactly one final answer, on its connection and in the order of the calls.',
  },
  everyCallAnswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: semantics,
    text: 'The QKD device answers every call.',
  },
  everyPushAnswered: {
    level: 'MUST',
    basis: 'implied',
    binds: 'kms',
    cite: semantics,
    text: 'The KMS answers every key-material.',
  },
  formsUnderstood: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: messageSyntax,
    text: 'What HTTP and JSON allow to be written in several ways is understood in each of them.',
  },
  unknownPathRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: clientErrors,
    text: 'A call to a path that is not served is answered with an error code.',
  },
  wrongMethodRefused: {
    level: 'MUST',
    basis: 'implied',
    binds: 'any',
    cite: clientErrors,
    text: 'A call with another method than the path has is answered with an error code.',
  },
  deviceKeepsServing: {
    level: 'SHOULD',
    basis: 'implied',
    binds: 'qkd-device',
    cite: server,
    text: 'The QKD device goes on serving, whatever it was sent.',
  },
  transportSecured: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'any',
    cite: readme,
    text: 'HTTPS with TLS 1.3 and certificates of both sides is recommended.',
    unobservable: 'Whether the bytes were protected is settled below the trace.',
  },
  endpointKnown: {
    level: 'MUST',
    basis: 'implied',
    binds: 'qkd-device',
    cite: keyMaterial,
    text: 'The QKD device calls the KMS that opened the stream.',
    unobservable: 'Where the KMS listens is configured before the trace begins.',
  },
} as const satisfies Record<string, RequirementRow>;
