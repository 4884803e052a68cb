/**
 * A central KMS written from the document alone, on the npm package ws: nothing of qkdspec in it.
 * `node kms.ts <port> [deployed]`; deployed behaves as the Scala server's sources read.
 */
import { cmac } from '@noble/ciphers/aes.js';
import { generateKeyPairSync, randomBytes, randomUUID, verify, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { WebSocketServer, type WebSocket } from 'ws';

const port = Number(process.argv[2] ?? 8080);
const isDeployed = process.argv[3] === 'deployed';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const sidecars = new Set<string>();
const batches = new Set<string>();

type Params = Readonly<Record<string, unknown>>;
class Refusal extends Error {
  readonly code: number;
  readonly isLast: boolean;
  constructor(code: number, message: string, isLast = false) {
    super(message);
    this.code = code;
    this.isLast = isLast;
  }
}

class Session {
  #state: 'connected' | 'challenged' | 'registered' = 'connected';
  #keys: { readonly open: KeyObject; readonly row: Buffer; readonly challenge: string } | null =
    null;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => socket.terminate());
    socket.on('message', (bytes, isBinary) => {
      if (isBinary) return socket.close(1003);
      this.#text(String(bytes));
    });
  }

  #text(text: string): void {
    let call: unknown;
    try {
      call = JSON.parse(text);
    } catch {
      return this.#say(null, { error: { code: -32700, message: 'Parse error' } });
    }
    const { jsonrpc, id, method, params, result, error } = Object(call);
    if (method === undefined && (result !== undefined || error !== undefined)) return;
    if (method === 'inquiry-response' && isDeployed) return;
    const isOdd = (!isDeployed && jsonrpc !== '2.0') || typeof method !== 'string';
    const isNamed = ['string', 'number'].includes(typeof id) || id === null;
    if (isOdd || Array.isArray(call) || (id !== undefined && !isNamed)) {
      return this.#say(null, { error: { code: -32600, message: 'Invalid Request' } });
    }
    if (id === undefined && isDeployed) {
      return this.#say(null, { error: { code: -32600, message: 'Invalid Request' } });
    }
    let answer: object;
    let isLast = false;
    try {
      answer = { result: this.#do(method, params) };
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      answer = { error: { code: fault.code, message: fault.message } };
      isLast = fault.isLast;
    }
    if (id !== undefined) this.#say(isDeployed && typeof id === 'number' ? String(id) : id, answer);
    if (isLast) this.#socket.close(1000);
  }

  #do(method: string, params: unknown): object {
    const known = { register: 'connected', challenge: 'challenged', batch: 'registered' };
    const due = new Map(Object.entries(known)).get(method);
    if (due === undefined) throw new Refusal(-32601, 'Method not found');
    if (typeof params !== 'object' || params === null || Array.isArray(params)) {
      throw new Refusal(-32602, 'Invalid params');
    }
    if (this.#state !== due) throw new Refusal(-32601, `'${method}' not allowed in current state`);
    const given: Params = { ...params };
    if (method === 'register') return this.#register(given);
    return method === 'challenge' ? this.#prove(given) : this.#store(given);
  }

  #register({ id, serviceName }: Params): object {
    const name = text(id, uuid).toLowerCase();
    text(serviceName);
    if (sidecars.has(name)) throw new Refusal(40001, `Sidecar with id '${name}' already exists`);
    sidecars.add(name);
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
    const open = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    this.#keys = { open: publicKey, row: randomBytes(32), challenge: randomUUID() };
    this.#state = 'challenged';
    const hex = (bytes: Buffer) => bytes.toString('hex').toUpperCase();
    const { row, challenge } = this.#keys;
    return { id, batchKey: hex(Buffer.concat([seed, open])), rowKey: hex(row), challenge };
  }

  #prove({ batchSignature, rowSignature }: Params): object {
    const [batch, row] = [text(batchSignature), text(rowSignature)];
    const keys = this.#keys;
    if (keys === null) throw new Refusal(-32603, 'Internal error');
    const said = Buffer.from(keys.challenge);
    const given = Buffer.from(batch, 'hex');
    const isBatch = batch.length === 128 && verify(null, said, keys.open, given);
    if (!isBatch) throw new Refusal(40004, 'Invalid batch signature', true);
    const wanted = Buffer.from(cmac(said, keys.row)).toString('hex');
    if (wanted !== row.toLowerCase()) throw new Refusal(40005, 'Invalid row signature', true);
    this.#state = 'registered';
    setImmediate(() => this.#ask('healthcheck', { level: 'ping' }));
    return { status: 'OK' };
  }

  #store({ id, signature }: Params): object {
    const name = text(id, uuid).toLowerCase();
    text(signature);
    const isKnown = batches.has(name);
    if (isKnown && isDeployed) throw new Refusal(120, `Batch with id '${name}' already exists`);
    batches.add(name);
    setImmediate(() => this.#inquire());
    return { id };
  }

  /** Once a batch is there, the sidecar is asked for it. */
  #inquire(): void {
    const inquiry = randomUUID();
    const day = 86_400_000;
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const times = { startTime: at(-day), endTime: at(day) };
    this.#ask('inquiry', { inquiry, ...times }, inquiry);
  }

  #ask(method: string, params: object, id: string = randomUUID()): void {
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  }

  #say(id: unknown, answer: object): void {
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
  }
}

function text(value: unknown, form = /^/): string {
  if (typeof value !== 'string' || !form.test(value)) throw new Refusal(-32602, 'Invalid params');
  return value;
}

const [, , , , certFile, keyFile] = process.argv;
const files = certFile === undefined || keyFile === undefined ? null : [certFile, keyFile];
const [cert, key] = files?.map((file) => readFileSync(file)) ?? [];
/** What asks for no WebSocket is told to. */
const upgrade: RequestListener = (_, answer) => answer.writeHead(426).end();
const http = files === null ? createServer(upgrade) : createTlsServer({ cert, key }, upgrade);
const server = new WebSocketServer({ server: http, path: '/sidecar' });
server.on('connection', (socket) => new Session(socket));
http.listen(port, '127.0.0.1', () => console.log(JSON.stringify(http.address())));
