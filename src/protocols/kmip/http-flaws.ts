import { requirements, type Side } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Flaw } from '#src/contract/frame.ts';
import { valuesOf } from '#src/wire/http/fields.ts';
import type { HttpMessage, HttpProblemCode } from '#src/wire/http/message.ts';
import { barePath, isBarePath } from './bare.ts';
import { encodingOf } from './codec.ts';
import type { KmipFrame } from './frames.ts';

/** Paths at which requests are taken: the profile's, and that of single operations. */
const paths = ['/kmip', barePath];

interface Place {
  readonly side: Side;
  /** The request that it answers is an operation without a message around it. */
  readonly isAlone: boolean;
}

/** What is wrong with the HTTP around a message, for its receiver; empty: nothing. */
export function httpFlaws(
  http: HttpMessage,
  { encoding }: Pick<KmipFrame, 'encoding'>,
  { side, isAlone }: Place,
): readonly Flaw[] {
  /** That a body is JSON is said by KMIP's own rules. */
  const problems = http.problems.filter(
    ({ code }) => code !== 'contentType' && !isPassable(http, code),
  );
  const syntax = problems.map(({ detail }) => flaw(requirements.httpSyntax, detail));
  if (syntax.length > 0) return syntax;
  if (http.kind === 'unreadable') return [flaw(requirements.httpSyntax, 'expected HTTP')];
  if (http.kind === 'request' && side === 'client') return requestFlaws(http, encoding);
  if (http.kind === 'response' && side === 'server') {
    return isRefusal(http, isAlone) ? [] : responseFlaws(http, encoding, isAlone);
  }
  const what = side === 'client' ? 'a request' : 'a response';
  return [flaw(requirements.httpSyntax, `expected ${what} of HTTP`)];
}

function flaw(requirement: Requirement, detail: string, more: Partial<Flaw> = {}): Flaw {
  return { kind: 'malformed', requirement, detail, ...more };
}

function requestFlaws(
  http: Extract<HttpMessage, { kind: 'request' }>,
  encoding: KmipFrame['encoding'],
): readonly Flaw[] {
  const path = http.target.split('?')[0] ?? '';
  if (!paths.includes(path) || http.method !== 'POST') {
    const detail = `expected POST /kmip, got ${http.method} ${path}`;
    return [flaw(requirements.httpPost, detail)];
  }
  return typeFlaws(http, encoding);
}

function typeFlaws(http: HttpMessage, encoding: KmipFrame['encoding']): readonly Flaw[] {
  if (encoding !== null) return [];
  const [type = 'none'] = valuesOf(http.headers, 'content-type');
  const detail =
    http.body.length === 0 ? 'expected a body' : `expected a Content-Type of KMIP, got ${type}`;
  return [flaw(requirements.httpContentType, detail)];
}

/** Whether a response is a status that refuses an operation alone, whatever stands in its body. */
export function isRefusal(http: HttpMessage, isAlone: boolean): boolean {
  return isAlone && http.kind === 'response' && (http.code < 200 || http.code >= 300);
}

/** A status of success has a KMIP message in its body; any other need not. */
function responseFlaws(
  http: Extract<HttpMessage, { kind: 'response' }>,
  encoding: KmipFrame['encoding'],
  isAlone: boolean,
): readonly Flaw[] {
  if (isAlone) return encoding === null ? [unanswered(http)] : [];
  if (http.code !== 200 && encoding === null) return [];
  if (http.code !== 200) {
    const detail = `expected the status 200 with a KMIP response, got ${http.code}`;
    return [{ kind: 'unfit', requirement: requirements.httpStatus, detail }];
  }
  return typeFlaws(http, encoding);
}

/** A status of success to an operation alone, and no response in JSON. */
function unanswered(http: HttpMessage): Flaw {
  const [type = 'none'] = valuesOf(http.headers, 'content-type');
  const said = http.body.length === 0 ? 'no body' : `the Content-Type ${type}`;
  return flaw(requirements.bareAnswered, `expected the response of the operation, got ${said}`);
}

/** What its receiver may take or refuse. */
const either = { tolerable: true, harmless: true } as const;

/** Whether a server may pass over what is wrong with the HTTP of a request. */
function isPassable(http: HttpMessage, code: HttpProblemCode): boolean {
  return http.kind === 'request' && !http.lost && passable.includes(code);
}

/** @see RFC 9112, sections 2.2, 2.3, 3.2, 5, 5.2 and 6.3 */
const passable: readonly HttpProblemCode[] = [
  ...(['emptyLine', 'bareLf', 'version', 'headerLine', 'obsFold', 'lengthTwice'] as const),
  ...(['lengthAndChunked', 'hostMissing', 'hostTwice', 'hostValue'] as const),
];

/**
 * What a receiver of a request may take or refuse: HTTP lets a server join folded lines or refuse
 * them, and ask for a length (411).
 */
export function looseFlaws(frame: KmipFrame): readonly Flaw[] {
  const { http } = frame;
  if (http?.kind !== 'request') return [];
  const passed = http.problems.filter(({ code }) => isPassable(http, code));
  const isOfNoLength = valuesOf(http.headers, 'content-length').length === 0;
  const unmeasured = 'expected a Content-Length, got none';
  return [
    ...passed.map(({ code, detail }) =>
      flaw(requirements.httpSyntax, detail, code === 'obsFold' ? either : { tolerable: true }),
    ),
    ...(isOfNoLength ? [flaw(requirements.httpContentLength, unmeasured, either)] : []),
    ...looseAlone(frame),
  ];
}

/**
 * What a receiver of an operation alone may take or refuse, for the document does not say: another
 * Content-Type than that of JSON, and a whole message.
 */
function looseAlone({ http, bare, encoding }: KmipFrame): readonly Flaw[] {
  if (http?.kind !== 'request' || !isBarePath(http.target) || encoding === null) return [];
  const [type = 'none'] = valuesOf(http.headers, 'content-type');
  const typed = encodingOf(type) === 'json';
  const detail = `expected the Content-Type of JSON, got ${type}`;
  return [
    ...(typed ? [] : [flaw(requirements.httpContentType, detail, either)]),
    ...(bare
      ? []
      : [flaw(requirements.bareIsOperation, 'expected an operation, got a message', either)]),
  ];
}
