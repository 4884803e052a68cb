import { requirements, type Side } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Flaw } from '#src/contract/frame.ts';
import { valuesOf } from '#src/wire/http/fields.ts';
import type { HttpMessage } from '#src/wire/http/message.ts';
import type { KmipFrame } from './frames.ts';

/** Paths at which requests are taken: the profile's, and that of single operations. */
const paths = ['/kmip', '/kmip/2_1'];

/** What is wrong with the HTTP around a message, for its receiver; empty: nothing. */
export function httpFlaws(
  http: HttpMessage,
  side: Side,
  { encoding }: Pick<KmipFrame, 'encoding'>,
): readonly Flaw[] {
  /** That a body is JSON is said by KMIP's own rules. */
  const problems = http.problems.filter(({ code }) => code !== 'contentType');
  const syntax = problems.map(({ detail }) => flaw(requirements.httpSyntax, detail));
  if (syntax.length > 0) return syntax;
  if (http.kind === 'unreadable') return [flaw(requirements.httpSyntax, 'expected HTTP')];
  if (http.kind === 'request' && side === 'client') return requestFlaws(http, encoding);
  if (http.kind === 'response' && side === 'server') return responseFlaws(http, encoding);
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

/** A status of success has a KMIP message in its body; any other need not. */
function responseFlaws(
  http: Extract<HttpMessage, { kind: 'response' }>,
  encoding: KmipFrame['encoding'],
): readonly Flaw[] {
  if (http.code !== 200 && encoding === null) return [];
  if (http.code !== 200) {
    const detail = `expected the status 200 with a KMIP response, got ${http.code}`;
    return [{ kind: 'unfit', requirement: requirements.httpStatus, detail }];
  }
  return typeFlaws(http, encoding);
}
