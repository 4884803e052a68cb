import { latin1Bytes } from '#src/base/bytes.ts';
import type { HttpMessage } from './message.ts';

/** What stands in a message instead. */
export interface Rewriting {
  readonly method?: string;
  readonly target?: string;
  readonly code?: number;
  readonly body: Uint8Array;
}

/** The message with another body, and a Content-Length for it; all other headers stay. */
export function rewriteMessage(message: HttpMessage, { body, ...start }: Rewriting): Uint8Array {
  const framed = ['content-length', 'transfer-encoding'];
  const kept = message.headers.filter(({ name }) => !framed.includes(name.toLowerCase()));
  const hasBody = body.length > 0 || message.framing !== 'none';
  const length = hasBody ? [`Content-Length: ${body.length}`] : [];
  const lines = kept.map(({ name, value }) => `${name}: ${value}`);
  const head = [startLine(message, start), ...lines, ...length, '', ''].join('\r\n');
  return Buffer.concat([latin1Bytes(head), body]);
}

function startLine(message: HttpMessage, start: Omit<Rewriting, 'body'>): string {
  if (message.kind === 'unreadable') return '';
  const { version } = message;
  if (message.kind === 'response') {
    return `HTTP/${version} ${start.code ?? message.code} ${message.reason}`;
  }
  const { method = message.method, target = message.target } = start;
  return `${method} ${target} HTTP/${version}`;
}
