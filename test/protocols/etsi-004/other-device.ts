import { createHash, randomUUID } from 'node:crypto';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What of it is wrong on purpose, or otherwise: it opens with 200, also streams of any id. */
export type Manner = 'usual' | 'mute' | 'mute at b' | 'deaf at b' | 'opens with 200';

/** A QKD device with two ends as somebody else would write it: by Node's own server and client. */
export interface OtherDevice extends AsyncDisposable {
  /** Where its ends are called. */
  readonly ports: readonly [number, number];
  /** Ends of streams that were opened, and those of them that were never closed. */
  readonly opened: () => number;
  readonly open: () => number;
}

interface StreamEnd {
  readonly url: string;
  index: number;
  isStarted: boolean;
  isClosed: boolean;
}

interface Stream {
  readonly id: string;
  readonly qos: { readonly key_chunk_size: number };
  readonly ends: (StreamEnd | undefined)[];
}

const pauseMs = 25;
const paths: Readonly<Record<string, string>> = {
  '/api/v1/kms/etsi004/open-connect': 'POST',
  '/api/v1/kms/etsi004/get-key': 'GET',
  '/api/v1/kms/etsi004/close': 'PUT',
};

/** Serves both ends; pushes go to the `source` of who has opened. */
export async function otherDevice(manner: Manner = 'usual'): Promise<OtherDevice> {
  const streams = new Map<string, Stream>();
  const servers = [0, 1].map((end) =>
    createServer((call, answer) => {
      void textOf(call).then((text) => take(end, { call, answer, text }));
    }),
  );

  function take(end: number, { call, answer, text }: Call): void {
    const method = paths[call.url ?? ''];
    if (method === undefined) return say(answer, 404, { status: 3 });
    if (call.method !== method) return say(answer, 405, { status: 3 });
    const content = parsed(text);
    if (content === null) return say(answer, 400, { status: 5 });
    if (method === 'POST') return open(end, content, answer);
    const stream = streams.get(String(content['key_stream_id']));
    const at = stream?.ends[end];
    if (stream === undefined || at === undefined || at.isClosed) {
      return say(answer, 400, { status: 3 });
    }
    if (method === 'PUT') {
      at.isClosed = true;
      return say(answer, 204, null);
    }
    say(answer, 205, { status: 0, metadata: { size: 0, buffer: '' } });
    const isMute = manner === 'mute' || (manner === 'mute at b' && end === 1);
    if (!at.isStarted && !isMute) push(stream, at);
    at.isStarted = true;
  }

  function open(end: number, content: Content, answer: ServerResponse): void {
    const { source, qos, key_stream_id: id } = content;
    const known = typeof id === 'string' ? streams.get(id) : undefined;
    const isWrong = typeof source !== 'string' || typeof qos !== 'object' || qos === null;
    const isOdd = manner === 'opens with 200' && typeof id === 'string';
    const isUnknown = id !== null && known === undefined && !isOdd;
    if (isWrong || isUnknown) return say(answer, 400, { status: 5 });
    const chunk = { key_chunk_size: 32, ...qos };
    const name = isOdd ? id : randomUUID();
    const stream = known ?? { id: name, qos: chunk, ends: [undefined, undefined] };
    streams.set(stream.id, stream);
    if (stream.ends[end] !== undefined) return say(answer, 400, { status: 5 });
    stream.ends[end] = { url: source, index: 0, isStarted: false, isClosed: false };
    const isWhole = stream.ends.every((one) => one !== undefined);
    const code = manner === 'opens with 200' ? 200 : 201;
    say(answer, code, { key_stream_id: stream.id, qos: stream.qos, status: isWhole ? 0 : 1 });
  }

  function push(stream: Stream, at: StreamEnd): void {
    if (at.isClosed || isOver) return;
    const again = () => {
      setTimeout(() => push(stream, at), pauseMs);
    };
    if (stream.ends.includes(undefined)) return again();
    const { index } = at;
    at.index += 1;
    const key = createHash('shake256', { outputLength: stream.qos.key_chunk_size });
    const key_buffer = key.update(`${stream.id} ${index}`).digest('base64');
    const metadata = { size: 57, buffer: { key_stream_id: stream.id } };
    const body = JSON.stringify({ status: 0, index, key_buffer, metadata });
    const url = new URL('/api/v1/qkd/etsi004/key-material', at.url);
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const call = request(url, { method: 'POST', headers, agent: false }, (answer) => {
      answer.resume().on('end', again);
    });
    call.on('error', again).end(body);
  }

  let isOver = false;
  const listening = manner === 'deaf at b' ? servers.slice(0, 1) : servers;
  const [a = 0, b = 9] = await Promise.all(listening.map(portOf));
  const ends = () => [...streams.values()].flatMap((stream) => stream.ends).filter(Boolean);
  return {
    ports: [a, b],
    opened: () => ends().length,
    open: () => ends().filter((end) => end?.isClosed === false).length,
    async [Symbol.asyncDispose]() {
      isOver = true;
      for (const server of listening) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}

interface Call {
  readonly call: IncomingMessage;
  readonly answer: ServerResponse;
  readonly text: string;
}

type Content = Readonly<Record<string, unknown>>;

function say(answer: ServerResponse, code: number, content: object | null): void {
  const body = content === null ? '' : JSON.stringify(content);
  const type = content === null ? {} : { 'content-type': 'application/json' };
  const length = code === 204 ? {} : { 'content-length': body.length };
  answer.writeHead(code, { ...type, ...length }).end(body);
}

function parsed(text: string): Content | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const bound: AddressInfo | string | null = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : 0);
    });
  });
}
