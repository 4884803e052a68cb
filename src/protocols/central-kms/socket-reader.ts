import { parseJson } from '#src/base/json.ts';
import type { Reader } from '#src/contract/frame.ts';
import { valuesOf } from '#src/wire/http/fields.ts';
import { MessageReader } from '#src/wire/http/message-reader.ts';
import type { HttpMessage } from '#src/wire/http/message.ts';
import { WebSocketMessageReader } from '#src/wire/websocket/message-reader.ts';
import type { SocketFrame } from './frames.ts';
import { repeatsName } from './json-names.ts';

/**
 * Cuts one direction of a connection: HTTP until the upgrade, WebSocket messages behind it. Which
 * side speaks is seen at the first message: answers begin with `HTTP/`. Any cut gives the same.
 */
export class SocketReader implements Reader<SocketFrame> {
  readonly #http = new MessageReader();
  #socket: WebSocketMessageReader | null = null;

  get pendingBytes(): number {
    return this.#socket === null ? this.#http.pendingBytes : this.#socket.pendingBytes;
  }

  push(chunk: Uint8Array): readonly SocketFrame[] {
    const frames: SocketFrame[] = [];
    let at = 0;
    /** One byte at a time: what follows the message that upgrades is no HTTP any more. */
    for (; at < chunk.length && this.#socket === null; at += 1) {
      for (const message of this.#http.push(chunk.subarray(at, at + 1))) {
        frames.push({ carrier: 'http', message, problems: message.problems });
        if (upgrades(message)) this.#socket = socketBehind(message);
      }
    }
    return this.#socket === null
      ? frames
      : [...frames, ...messagesOf(this.#socket, chunk.subarray(at))];
  }
}

/** The messages that these bytes complete, with their JSON. */
export function messagesOf(
  socket: WebSocketMessageReader,
  bytes: Uint8Array,
): readonly SocketFrame[] {
  return socket.push(bytes).map((message) => {
    const json = message.kind === 'text' ? parseJson(message.payload, lenient) : null;
    const { text, problems } = message;
    const isShort = text !== null && text.length <= longestSearched;
    const repeats = isShort && json?.ok === true && repeatsName(text);
    return { carrier: 'webSocket', message, json, repeats, problems };
  });
}

/** Whatever is JSON counts as such, however deep it is. */
const lenient = { specials: false, unlimited: true } as const;
/** Characters of a text in which names are compared. */
const longestSearched = 2 ** 16;

/** Whether what follows a message are WebSocket frames. @see RFC 6455, section 4 */
function upgrades(message: HttpMessage): boolean {
  if (message.kind === 'response') return message.code === 101;
  if (message.kind !== 'request') return false;
  const upgrades = valuesOf(message.headers, 'upgrade').flatMap((value) => value.split(','));
  return upgrades.some((name) => name.trim().toLowerCase() === 'websocket');
}

function socketBehind({ kind }: HttpMessage): WebSocketMessageReader {
  return new WebSocketMessageReader({ isMasked: kind === 'request' });
}
