import { tokenCharacters } from './fields.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import type { Problems } from './problems.ts';

/** What the first line of a message says. */
export type StartLine =
  | Pick<HttpRequest, 'kind' | 'method' | 'target' | 'version'>
  | Pick<HttpResponse, 'kind' | 'version' | 'code' | 'reason'>;

const requestLine = new RegExp(`^(${tokenCharacters}+) ([!-~]+) HTTP/(\\d\\.\\d)$`);
const statusLine = /^HTTP\/(\d\.\d) (\d{3})( [\t\x20-\x7e\x80-\xff]*)?$/;
const target = /^(?:\/|\*$|[a-z][a-z\d+.-]*:\/\/)/i;
const authority = /^[^/]+:\d+$/;

/**
 * Reads the first line of a message; `null` where it is none, and nothing after it can be read.
 *
 * @see RFC 9112, sections 3 and 4
 */
export function readStartLine(line: string, problems: Problems): StartLine | null {
  const start = line.startsWith('HTTP/') ? readStatus(line, problems) : readRequest(line, problems);
  if (start === null) {
    problems.add('startLine', `expected a request line or a status line, got neither`);
    return null;
  }
  if (start.version === '1.1') return start;
  const isPreface = start.kind === 'request' && start.method === 'PRI';
  const code = isPreface && start.version === '2.0' ? 'http2' : 'version';
  problems.add(code, `expected HTTP/1.1, got HTTP/${start.version}`);
  return start.version.startsWith('1.') ? start : null;
}

function readRequest(line: string, problems: Problems): StartLine | null {
  const [, method, wanted, version] = requestLine.exec(line) ?? [];
  if (method === undefined || wanted === undefined || version === undefined) return null;
  const isTarget = target.test(wanted) || (method === 'CONNECT' && authority.test(wanted));
  if (!isTarget && method !== 'PRI') {
    problems.add('startLine', 'expected a target that begins with a slash, got another');
  }
  return { kind: 'request', method, target: wanted, version };
}

function readStatus(line: string, problems: Problems): StartLine | null {
  const [, version, digits, reason] = statusLine.exec(line) ?? [];
  if (version === undefined || digits === undefined) return null;
  const code = Number(digits);
  if (reason === undefined) problems.add('startLine', 'expected a blank after the status code');
  if (code < 100 || code > 599) {
    problems.add('startLine', `expected a status code from 100 to 599, got ${digits}`);
  }
  return { kind: 'response', version, code, reason: reason?.slice(1) ?? '' };
}
