import type { HttpHeader, HttpMessage } from '../http/message.ts';
import { branch, leaf, type Tree } from './tree.ts';

/** Headers that let somebody in. */
const credentials = /^(?:proxy-)?authorization$|^cookie$|^set-cookie$/i;

/** The head of an HTTP message, without what it carries; what lets somebody in by its length. */
export function httpHeadTree(message: HttpMessage): Tree {
  const { headers, trailers, problems } = message;
  return branch('HTTP', [
    leaf(message.kind, startLineOf(message)),
    ...headers.map(headerTree),
    ...(trailers.length === 0 ? [] : [branch('trailers', trailers.map(headerTree))]),
    ...problems.map(({ code, detail }) => leaf(`problem ${code}`, detail)),
  ]);
}

function startLineOf(message: HttpMessage): string {
  switch (message.kind) {
    case 'request':
      return `${message.method} ${message.target} HTTP/${message.version}`;
    case 'response':
      return `HTTP/${message.version} ${message.code} ${message.reason}`.trim();
    case 'unreadable':
      return `${message.sizeBytes} bytes that are no HTTP message`;
  }
}

function headerTree({ name, value }: HttpHeader): Tree {
  return leaf(name, credentials.test(name) ? `${value.length} characters` : value);
}
