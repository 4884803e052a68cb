import { member } from '#models/etsi-004/index.ts';
import type { HttpMessage } from '#src/wire/http/message.ts';
import { isEnding, type HttpFrame } from './http-frames.ts';
import { keyDigest } from './keys.ts';

/** One line for people: what is said, and on which connection; of keys only length and digest. */
export function describe(frame: HttpFrame): string {
  const { end, by, connection, message, ended } = frame;
  const where = `[${end} ${by === 'kms' ? 'call' : 'push'} ${connection}]`;
  if (isEnding(frame)) return `${where} ${ended === 'reset' ? 'reset' : 'end'}`;
  return `${where} ${titleOf(message)}${contentOf(message)}`;
}

function titleOf(message: HttpMessage): string {
  switch (message.kind) {
    case 'request':
      return `${message.method} ${message.target.replace(/^\/api\/v1\/(?:kms|qkd)\/etsi004/, '')}`;
    case 'response':
      return String(message.code);
    case 'unreadable':
      return `${message.sizeBytes} bytes that are no HTTP message`;
  }
}

function contentOf({ json, body }: HttpMessage): string {
  if (json === null) return '';
  if (!json.ok) return `, ${body.length} bytes that are no JSON`;
  const parts = ['status', 'key_stream_id', 'index'].flatMap((name) => {
    const value = member(json.value, name);
    return value === undefined ? [] : `${name} ${plain(value)}`;
  });
  const key = member(json.value, 'key_buffer');
  const shown = typeof key === 'string' ? [`key ${keyDigest(Buffer.from(key, 'base64'))}`] : [];
  const all = [...parts, ...shown];
  return all.length === 0 ? '' : `, ${all.join(', ')}`;
}

/** Numbers, ids and null as they are, anything else as what it is. */
function plain(value: unknown): string {
  if (value === null || typeof value === 'number') return String(value);
  if (typeof value === 'string' && /^[\da-f-]{1,40}$/i.test(value)) return value;
  return `(a ${typeof value})`;
}
