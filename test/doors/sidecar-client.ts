import { cmac } from '@noble/ciphers/aes.js';
import { createPrivateKey, randomUUID, sign } from 'node:crypto';

/** What a WebSocket of the platform offers, as far as a sidecar wants it. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'addEventListener' | 'readyState'>;

/** A JSON-RPC object, as far as a sidecar reads it. */
export interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, string>>;
  readonly error?: { readonly code: number };
}

/** What an inquiry finds. */
export interface Found {
  readonly id?: string;
  readonly body?: string;
  readonly inquiry: unknown;
  readonly total: number;
  readonly item: number;
}

/** What a sidecar does otherwise than it should. */
export interface Habits {
  readonly signs?: (text: string) => string;
  readonly health?: (message: Message) => readonly object[];
  readonly findings?: (found: readonly Found[]) => readonly object[];
  readonly version?: string;
}

/** A small sidecar: registers, proves its keys, saves batches, answers. */
export class Sidecar {
  readonly id = randomUUID();
  readonly batches = new Map<string, string>();
  readonly #calls = new Map<unknown, (answer: Message) => void>();
  keys: Readonly<Record<string, string>> = {};
  readonly #socket: Socket;
  readonly #habits: Habits;

  constructor(socket: Socket, habits: Habits = {}) {
    this.#socket = socket;
    this.#habits = habits;
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data))));
  }

  async start(serviceName = 'payments'): Promise<Message> {
    await new Promise((open) => this.#socket.addEventListener('open', open));
    const registered = await this.call('register', { id: this.id, serviceName });
    if (registered.result === undefined) return registered;
    this.keys = registered.result;
    const { challenge = '', rowKey = '' } = this.keys;
    const rowSignature = Buffer.from(cmac(Buffer.from(challenge), Buffer.from(rowKey, 'hex')));
    const batchSignature = (this.#habits.signs ?? ((text) => this.sign(text)))(challenge);
    return this.call('challenge', { batchSignature, rowSignature: rowSignature.toString('hex') });
  }

  save(body: string, id: string = randomUUID()): Promise<Message> {
    this.batches.set(id, body);
    return this.call('batch', { id, signature: this.sign(body) });
  }

  call(method: string, params: object): Promise<Message> {
    const id = randomUUID();
    this.#say({ id, method, params });
    return new Promise((resolve) => this.#calls.set(id, resolve));
  }

  sign(text: string): string {
    const seed = Buffer.from((this.keys['batchKey'] ?? '').slice(0, 64), 'hex');
    const key = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const signer = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    return sign(null, Buffer.from(text), signer).toString('hex');
  }

  #say(message: object): void {
    this.#socket.send(JSON.stringify({ jsonrpc: this.#habits.version ?? '2.0', ...message }));
  }

  #hear(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) this.#calls.get(id)?.(message);
    if (method === 'healthcheck') {
      const { health = () => [{ id, result: { uptime: 1 } }] } = this.#habits;
      for (const answer of health(message)) this.#say(answer);
    }
    if (method !== 'inquiry') return;
    const { inquiry } = params ?? {};
    const total = this.batches.size;
    const all: readonly Found[] = [...this.batches].map(([batch, body], index) => {
      return { id: batch, body, inquiry, total, item: index + 1 };
    });
    const found: readonly Found[] = total === 0 ? [{ inquiry, total: 0, item: 0 }] : all;
    for (const result of this.#habits.findings?.(found) ?? found) this.#say({ id, result });
  }
}
