import { codeOf, idOf, member, methodOf, param } from '#models/central-kms/index.ts';
import type { Json } from '#src/base/json.ts';
import type { HttpMessage } from '#src/wire/http/message.ts';
import type { SocketFrame } from './frames.ts';
import { textDigest } from './text-digest.ts';

/** One line for people: what is said; of keys and signatures only length and digest. */
export function describe(frame: SocketFrame): string {
  if (frame.carrier === 'http') return titleOf(frame.message);
  const { message, json } = frame;
  const problems = message.problems.map(({ code }) => code).join(', ');
  const wrong = problems === '' ? '' : ` (${problems})`;
  const pieces = message.fragments > 1 ? ` in ${message.fragments} fragments` : '';
  if (message.kind === 'close') return `close ${message.code ?? 'without code'}${wrong}`;
  if (json === null || message.kind !== 'text') {
    return `${message.kind}, ${message.payload.length} bytes${pieces}${wrong}`;
  }
  if (!json.ok) return `text, ${message.payload.length} bytes that are no JSON${pieces}${wrong}`;
  return `${entryOf(json.value)}${pieces}${wrong}`;
}

function titleOf(message: HttpMessage): string {
  if (message.kind === 'request') return `${message.method} ${message.target}`;
  if (message.kind === 'response') return `${message.code} ${message.reason}`.trim();
  return `${message.sizeBytes} bytes that are no HTTP message`;
}

function entryOf(value: Json): string {
  if (Array.isArray(value))
    return `array of ${value.length}: ${value.slice(0, 3).map(entryOf).join('; ')}`;
  const id = `[${shown(idOf(value))}]`;
  const method = methodOf(value);
  if (method !== null) return [`${printable(method)} ${id}`, ...paramsOf(value)].join(', ');
  const code = codeOf(value);
  if (code !== null) return `error ${id}, ${code}`;
  const result = member(value, 'result');
  if (result === undefined) return 'no JSON-RPC object';
  return [`result ${id}`, ...membersOf(result)].join(', ');
}

const plain = ['id', 'inquiry', 'total', 'item', 'status', 'level', 'startTime', 'endTime'];
const secret = ['batchKey', 'rowKey', 'batchSignature', 'rowSignature', 'signature', 'body'];

function paramsOf(value: Json): readonly string[] {
  return membersOf(
    Object.fromEntries([...plain, ...secret].map((name) => [name, param(value, name)])),
  );
}

function membersOf(value: unknown): readonly string[] {
  const shownOnes = plain.flatMap((name) => {
    const found = member(value, name);
    return found === undefined ? [] : `${name} ${shown(found)}`;
  });
  const hidden = secret.flatMap((name) => {
    const found = member(value, name);
    return typeof found === 'string' ? `${name} ${textDigest(found)}` : [];
  });
  return [...shownOnes, ...hidden];
}

/** Numbers, short texts and null as they are, anything else as what it is. */
function shown(value: unknown): string {
  if (value === null || typeof value === 'number') return String(value);
  if (typeof value === 'string') return printable(value);
  return value === undefined ? 'none' : `(a ${typeof value})`;
}

function printable(text: string): string {
  return /^[\w.:+-]{1,48}$/.test(text) ? text : `(${text.length} characters)`;
}
