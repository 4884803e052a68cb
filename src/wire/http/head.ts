import { readFields, valuesOf } from './fields.ts';
import type { HttpHeader } from './message.ts';
import type { Problems } from './problems.ts';
import { readStartLine, type StartLine } from './start-line.ts';

/** Everything before the body. */
export interface Head {
  /** `null` where the first line is none: nothing after it was read. */
  readonly start: StartLine | null;
  readonly headers: readonly HttpHeader[];
}

/**
 * Reads whole lines of a head: its first line, its headers, without or with the empty line.
 *
 * @see RFC 9112, section 2
 */
export function readHead(bytes: Uint8Array, problems: Problems): Head {
  const lines = readLines(bytes, problems);
  const first = lines.findIndex((line) => line !== '');
  if (first > 0) problems.add('emptyLine', 'expected a message, got an empty line before it');
  const start = readStartLine(lines[first] ?? '', problems);
  if (start === null) return { start, headers: [] };
  const last = lines.findLastIndex((line) => line !== '');
  return { start, headers: readFields(lines.slice(first + 1, last + 1), problems) };
}

const host = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/**
 * Says what is wrong with the Host of a whole head.
 *
 * @see RFC 9112, section 3.2
 */
export function checkHost({ start, headers }: Head, problems: Problems): void {
  if (start?.kind !== 'request') return;
  const hosts = valuesOf(headers, 'host');
  const [first] = hosts;
  if (first === undefined && start.version !== '1.0') {
    problems.add('hostMissing', 'expected a Host, got none');
  }
  if (hosts.length > 1) problems.add('hostTwice', `expected one Host, got ${hosts.length}`);
  if (first !== undefined && !host.test(first)) {
    problems.add('hostValue', 'expected Host to be a host with or without a port, got another');
  }
}

/** The lines of bytes that end with one, without their ends. */
export function readLines(bytes: Uint8Array, problems: Problems): readonly string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => {
    if (line.endsWith('\r')) return line.slice(0, -1);
    problems.add('bareLf', 'expected every line to end with CR LF, got LF alone');
    return line;
  });
}
