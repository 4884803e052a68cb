import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import { HarnessError } from '#src/base/errors.ts';
import type { BareCall } from '#src/contract/baseline.ts';

const host = '127.0.0.1';
const jsonType = { 'content-type': 'application/json' };

/** A server of recorded answers, until disposed. */
export interface BareHttpServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Begins with the first answer again. */
  rewind(): void;
}

/** Node's own server: gives the recorded answers in their order, whatever it is asked. */
export async function bareHttpServer(calls: readonly BareCall[]): Promise<BareHttpServer> {
  let at = 0;
  const server = createServer((asked, response) => {
    asked.resume();
    asked.once('end', () => {
      const { code, answer } = calls[at] ?? gone;
      at += 1;
      if (answer.length === 0) response.writeHead(code).end();
      else response.writeHead(code, jsonType).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new HarnessError('internal', 'a server without a port');
  }
  return {
    host,
    port: address.port,
    rewind() {
      at = 0;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const gone: Pick<BareCall, 'code' | 'answer'> = { code: 410, answer: new Uint8Array(0) };

/** A client that does nothing but call and read the answer, until disposed. */
export interface BareHttpClient extends Disposable {
  ask(call: BareCall): Promise<void>;
}

/** Node's own client, over one kept connection. */
export function bareHttpClient({ host, port }: { host: string; port: number }): BareHttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    async ask({ method, path, body }) {
      const headers = { ...jsonType, 'content-length': body.length };
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const asked = request({ host, port, method, path, agent, headers }, resolve);
        asked.once('error', reject);
        asked.end(body);
      });
      for await (const piece of answer)
        if (!Buffer.isBuffer(piece)) throw new TypeError('no bytes');
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}
