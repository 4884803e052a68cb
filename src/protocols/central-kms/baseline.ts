import type { BareMessage, Baseline } from '#src/contract/baseline.ts';
import { contentText } from '#src/wire/json-text.ts';
import {
  WebSocketMessageReader,
  type WebSocketMessage,
} from '#src/wire/websocket/message-reader.ts';
import { writeFrame } from '#src/wire/websocket/frame-writer.ts';
import type { SocketFrame } from './frames.ts';
import { messagesOf } from './socket-reader.ts';

/** Node's own JSON and text, both ways, without frames; over sockets the package ws. */
export const baseline: Baseline<SocketFrame> = {
  what: 'JSON.parse, JSON.stringify, UTF-8',
  goals: { step: 2, codec: 0.15, judging: 0.3, exchange: 0.3, memoryMessages: 300_000 },
  of(frame) {
    if (frame.carrier === 'http' || frame.message.kind !== 'text') return null;
    const { message, json } = frame;
    if (json?.ok !== true) return null;
    const { value } = json;
    const text = message.text ?? '';
    return { ours: () => coded(value), theirs: () => plainlyCoded(text) };
  },
  /** Registered once, then what a sidecar does all day; the KMS asks nothing by itself. */
  round: {
    kind: 'messages',
    options: { healthchecks: 0, inquiries: 0 },
    opening: ['upgrade', 'register', 'challenge'].map((message) => ({ message, variant: 0 })),
    steps: ['batch', 'ping'].map((message) => ({ message, variant: 0 })),
    message(sent): BareMessage {
      const { kind, payload } = onlyMessage(sent);
      if (kind !== 'text' && kind !== 'ping') throw new TypeError(`expected a call, got ${kind}`);
      return { kind, payload };
    },
  },
};

function onlyMessage(bytes: Uint8Array): WebSocketMessage {
  const [message] = new WebSocketMessageReader({ isMasked: true }).push(bytes);
  if (message === undefined) throw new TypeError('expected a whole WebSocket message');
  return message;
}

const mask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

/** A text message, written and read again. */
function coded(value: unknown): readonly SocketFrame[] {
  const bytes = writeFrame({ kind: 'text', payload: contentText(value), mask });
  return messagesOf(new WebSocketMessageReader({ isMasked: true }), bytes);
}

function plainlyCoded(text: string): unknown {
  const bytes = Buffer.from(JSON.stringify(JSON.parse(text)));
  return JSON.parse(bytes.toString('utf8'));
}
