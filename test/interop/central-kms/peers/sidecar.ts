/**
 * A sidecar written from the document alone, on the npm package ws: nothing of qkdspec in it.
 * `node sidecar.ts <url> [deployed]`; deployed answers inquiries as the real sidecar's sources do.
 */
import { cmac } from '@noble/ciphers/aes.js';
import { createPrivateKey, createPublicKey, randomUUID, sign } from 'node:crypto';
import { WebSocket } from 'ws';

const isDeployed = process.argv[3] === 'deployed';
const url = process.argv[2] ?? '';
const socket = new WebSocket(url, { perMessageDeflate: false });
const waiting = new Map<unknown, (answer: Message) => void>();
const saved = new Map<string, { readonly body: string; readonly atMs: number }>();
const began = Date.now();
let isDone = false;
let leaving: NodeJS.Timeout | undefined;

/** Once it has saved everything it waits for calls; it leaves when none has come for so long. */
function linger(): void {
  clearTimeout(leaving);
  if (isDone) leaving = setTimeout(() => socket.close(1000), 150);
}

interface Message {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: object;
}

function say(message: object): void {
  socket.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
}

function call(method: string, params: object): Promise<Message> {
  const id = randomUUID();
  say({ id, method, params });
  return new Promise((resolve) => waiting.set(id, resolve));
}

function refuse(id: unknown, code: number, message: string): void {
  say({ id: id ?? null, error: { code, message } });
}

function hear(message: Message): void {
  const { id, method, params } = message;
  if (method === undefined) {
    waiting.get(id)?.(message);
    waiting.delete(id);
  } else if (id === undefined) return;
  else if (method === 'healthcheck') {
    const isKnown = params?.['level'] === 'ping';
    const uptime = Math.round((Date.now() - began) / 1000);
    if (isKnown) say({ id, result: { id, version: '1.0', current: 0, uptime } });
    else if (!isDeployed) refuse(id, -32602, 'Invalid params');
  } else if (method === 'inquiry') answerInquiry(id, params ?? {});
  else refuse(id, -32601, 'Method not found');
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function answerInquiry(
  id: unknown,
  { inquiry, startTime, endTime }: Readonly<Record<string, unknown>>,
) {
  const isGood =
    typeof inquiry === 'string' && [startTime, endTime].every((t) => instant.test(String(t)));
  if (!isGood) return refuse(id, -32602, 'Invalid params');
  const [fromMs, toMs] = [Date.parse(String(startTime)), Date.parse(String(endTime))];
  const hits = [...saved].filter(([, { atMs }]) => atMs >= fromMs && atMs <= toMs);
  const all = hits.map(([batch, { body }], index) => {
    return { id: batch, body, inquiry, total: hits.length, item: index + 1 };
  });
  for (const found of all.length > 0 ? all : [{ inquiry, total: 0, item: 0 }]) {
    if (isDeployed) say({ id: randomUUID(), method: 'inquiry-response', params: found });
    else say({ id, result: found });
  }
}

async function run(): Promise<void> {
  const id = randomUUID();
  const { result } = await call('register', { id, serviceName: 'payments' });
  const { batchKey, rowKey, challenge } = result ?? {};
  const hex = /^([0-9a-f]{2})+$/i;
  const keys = [String(batchKey), String(rowKey)].map((key) =>
    Buffer.from(hex.test(key) ? key : '', 'hex'),
  );
  const [pair = Buffer.alloc(0), row = Buffer.alloc(0)] = keys;
  const isSame = String(result?.['id']).toLowerCase() === id;
  if (
    !isSame ||
    pair.length !== 64 ||
    row.length !== 32 ||
    typeof challenge !== 'string' ||
    challenge === ''
  ) {
    return socket.close(1000);
  }
  const der = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    pair.subarray(0, 32),
  ]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const open = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  if (!open.equals(pair.subarray(32))) return socket.close(1000);
  const signed = (text: string) => sign(null, Buffer.from(text), key).toString('hex');
  const mac = (text: string) => Buffer.from(cmac(Buffer.from(text), row)).toString('hex');
  const proof = { batchSignature: signed(challenge), rowSignature: mac(challenge) };
  const { result: accepted } = await call('challenge', proof);
  if (accepted?.['status'] !== 'OK') return socket.close(1000);
  for (const sequence of [1, 2]) {
    const told = {
      keyId: id,
      sequence,
      message: `event ${sequence}`,
      timestamp: '2018-01-01T00:00:00.000Z',
    };
    const body = JSON.stringify([{ row: told, signature: mac(JSON.stringify(told)) }]);
    const batch = randomUUID();
    saved.set(batch, { body, atMs: Date.now() });
    await call('batch', { id: batch, signature: signed(body) });
  }
  isDone = true;
  linger();
}

socket.on('open', () => void run());
socket.on('error', () => process.exit(0));
socket.on('close', () => process.exit(0));
socket.on('message', (bytes, isBinary) => {
  linger();
  if (isBinary) return socket.close(1003);
  try {
    hear(Object(JSON.parse(String(bytes))));
  } catch {
    refuse(null, -32700, 'Parse error');
  }
});
