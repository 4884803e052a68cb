import { createServer, request, type Server } from 'node:http';
import { describe, expect, it } from 'vitest';
import { writeRequest, writeResponse } from '#src/protocols/etsi-004/http/message-writer.ts';
import { HttpFrameReader, type HttpFrame } from '#src/protocols/etsi-004/http/reader.ts';
import { encodeRecord } from '#src/base/records.ts';
import { bundleAsCaller } from '#src/transport/bundle.ts';
import type { Link } from '#src/transport/link.ts';

const place = { host: '127.0.0.1', port: 0 } as const;

describe('over real connections', () => {
  it("reads what Node's server answers, also to a GET with a body and with a 205", async () => {
    await using server = await listening();
    await using caller = await bundleAsCaller({ ends: [server], pushAt: [] }, { limitMs: 1000 });
    const said = [
      { method: 'POST', target: '/201' },
      { method: 'GET', target: '/205' },
      { method: 'PUT', target: '/204' },
      { method: 'POST', target: '/400' },
    ];
    const requests = said.map((one) =>
      writeRequest({ ...one, host: 'h', body: Buffer.from('{"id":1}') }),
    );
    const bytes = Buffer.concat(requests);
    caller.write(encodeRecord({ kind: 'data', end: 0, by: 0, connection: 0, bytes }));
    const frames = await framesFrom(caller, 4);
    expect(frames.map(({ exchange }) => exchange)).toEqual([0, 1, 2, 3]);
    expect(frames.flatMap(({ problems }) => problems)).toEqual([]);
    expect(frames.map(({ message }) => (message.kind === 'response' ? message.code : 0))).toEqual([
      201, 205, 204, 400,
    ]);
    const echo = { ok: true, value: { id: 1 } };
    expect(frames.map(({ message }) => message.json)).toEqual([echo, echo, null, echo]);
  });

  it("reads what Node's client pushes, which reads what is answered", async () => {
    await using caller = await bundleAsCaller({ ends: [], pushAt: [place] }, { limitMs: 1000 });
    const answered = pushed(
      `http://127.0.0.1:${caller.pushAt[0]?.port}/key`,
      '{"index":4294967296000000000}',
    );
    const [frame] = await framesFrom(caller, 1);
    expect(frame).toMatchObject({ end: 'a', by: 'qkd-device', connection: 0, problems: [] });
    expect(frame?.message).toMatchObject({
      kind: 'request',
      method: 'POST',
      target: '/key',
      json: { ok: true, value: { index: 4294967296000000000n } },
    });
    const bytes = writeResponse(
      { code: 201, body: Buffer.from('{"status":0}') },
      { chunked: { sizes: [5] } },
    );
    caller.write(encodeRecord({ kind: 'data', end: 0, by: 1, connection: 0, bytes }));
    expect(await answered).toBe('201 {"status":0}');
  });
});

async function framesFrom(link: Link, count: number): Promise<readonly HttpFrame[]> {
  const reader = new HttpFrameReader();
  const frames: HttpFrame[] = [];
  while (frames.length < count) {
    const arrival = await link.read(2000);
    if (arrival.kind !== 'bytes') throw new Error(`${arrival.kind} after ${frames.length} frames`);
    frames.push(...reader.push(arrival.bytes));
  }
  return frames;
}

/** A server that answers `/<code>` with that code and with the body that it was sent. */
async function listening(): Promise<AsyncDisposable & { host: string; port: number }> {
  const server: Server = createServer((call, answer) => {
    const body: Buffer[] = [];
    call.on('data', (piece: Buffer) => body.push(piece));
    call.on('end', () => {
      answer.writeHead(Number(call.url?.slice(1)), { 'content-type': 'application/json' });
      answer.end(Buffer.concat(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, place.host, resolve));
  const bound = server.address();
  return {
    host: place.host,
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pushed(url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const call = request(url, { method: 'POST', headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (more: string) => (text += more));
      answer.on('end', () => resolve(`${answer.statusCode} ${text}`));
    });
    call.on('error', reject);
    call.end(body);
  });
}
