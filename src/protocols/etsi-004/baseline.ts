import type { BareCall, Baseline } from '#src/contract/baseline.ts';
import { wrapped } from './codec.ts';
import type { ServiceFrame } from './framing/reader.ts';
import type { HttpMessage } from '#src/wire/http/message.ts';
import { writeRequest, writeResponse } from '#src/wire/http/message-writer.ts';
import { HttpFrameReader, type HttpFrame } from './http-frames.ts';
import { contentText } from '#src/wire/json-text.ts';

/** Node's own JSON, both ways, and a head put together and taken apart as text. */
export const baseline: Baseline<HttpFrame | ServiceFrame> = {
  what: 'JSON.parse, JSON.stringify, head as text',
  goals: {
    step: 10,
    codec: 0.15,
    judging: 0.3,
    exchange: 0.3,
    callsPerSecond: 3000,
    memoryMessages: 300_000,
  },
  of(frame) {
    if ('service' in frame || frame.message.kind === 'unreadable') return null;
    return { ours: () => coded(frame), theirs: () => plainlyCoded(frame.message) };
  },
  /** One stream, opened and closed at both ends: nothing in it waits for a clock. */
  round: {
    kind: 'calls',
    options: { connections: 'kept' },
    steps: [
      { message: 'openConnect', variant: 0 },
      { message: 'openConnect', variant: 1 },
      { message: 'close', variant: 0 },
      { message: 'close', variant: 0 },
    ],
    call(sent, received): BareCall {
      const asked = onlyMessage(sent);
      const answered = onlyMessage(received);
      if (asked.kind !== 'request' || answered.kind !== 'response') {
        throw new TypeError('expected a request and its answer');
      }
      const { method, target: path, body } = asked;
      return { method, path, body, code: answered.code, answer: answered.body };
    },
  },
};

function onlyMessage(bytes: Uint8Array): HttpMessage {
  const [frame] = new HttpFrameReader().push(bytes);
  if (frame === undefined) throw new TypeError('expected a whole HTTP message');
  return frame.message;
}

/** The frame's record and message, written and read again. */
function coded({ message, end, by, connection }: HttpFrame): readonly HttpFrame[] {
  const bytes = wrapped('data', { end, by, connection }, written(message));
  return new HttpFrameReader().push(bytes);
}

function written(message: HttpMessage): Uint8Array {
  const content = message.json?.ok === true ? contentText(message.json.value) : undefined;
  const body = content === undefined ? {} : { body: content };
  switch (message.kind) {
    case 'request':
      return writeRequest({ ...message, host: 'localhost', headers: [], ...body });
    case 'response':
      return writeResponse({ code: message.code, ...body });
    case 'unreadable':
      return message.body;
  }
}

function plainlyCoded(message: HttpMessage): unknown {
  const value = message.json?.ok === true ? message.json.value : undefined;
  const body = value === undefined ? '' : JSON.stringify(value);
  const first = message.kind === 'response' ? `HTTP/1.1 ${message.code}` : 'GET / HTTP/1.1';
  const lines = message.headers.map((header) => `${header.name}: ${header.value}`);
  const bytes = Buffer.from(`${[first, ...lines].join('\r\n')}\r\n\r\n${body}`);
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.toString('latin1', 0, end).split('\r\n');
  const fields = head.slice(1).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const text = bytes.toString('utf8', end + 4);
  return [new Map(fields), text === '' ? undefined : JSON.parse(text)];
}
