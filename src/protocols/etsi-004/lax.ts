import { member } from '#models/etsi-004/index.ts';
import { fits } from './schema.ts';

/**
 * Whether a key-material that is not as described can be guessed: numbers of another type, an
 * unlisted status, base 64 with another alphabet, without padding or with white space. Receivers
 * that read with a light hand take such a key, and it is the right one.
 */
export function isLaxPush(content: unknown): boolean {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return false;
  const status = asNumber(member(content, 'status'));
  const plain = {
    ...content,
    status: typeof status === 'number' && status > 8 ? 8 : status,
    index: asNumber(member(content, 'index')),
    key_buffer: asBase64(member(content, 'key_buffer')),
  };
  return fits('keyMaterial', plain);
}

function asNumber(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
}

/** In the standard alphabet, padded. */
function asBase64(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[\w+/\s-]*={0,2}\s*$/.test(value)) return value;
  const digits = value.replaceAll(/[\s=]/g, '').replaceAll('-', '+').replaceAll('_', '/');
  return digits.padEnd(Math.ceil(digits.length / 4) * 4, '=');
}
