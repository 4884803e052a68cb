import { isJsonObject, type Json } from '#src/base/json.ts';
import type { Etsi004Bend } from '../codec.ts';
import { services } from './layouts.ts';

/** Ways to bend an HTTP message that a frame of the service framing has nothing like. */
const ofHttp: readonly (keyof Etsi004Bend)[] = [
  ...(['method', 'target', 'body', 'head', 'startLine', 'length'] as const),
  ...(['chunked', 'omit', 'extra', 'names', 'lineEnd'] as const),
];

/** Whether a bend can be written in a frame. */
export function isBendSayable(bend: Etsi004Bend): boolean {
  return ofHttp.every((name) => bend[name] === undefined);
}

/** Members without which a call says something else. */
const telling = /^(?:source|destination|qos|key_stream_id)/;

/**
 * Whether a content is what a receiver reads in its payload: each member is there with its value;
 * what was left open may read as 0, as nothing, or as an empty text.
 */
export function isContentSayable(
  service: number,
  content: unknown,
  read: Json | undefined,
): boolean {
  const known = services[service];
  if (known === undefined || known.isAnswer) return true;
  const tops = new Set(known.fields.map(([path]) => path.split('.')[0] ?? path));
  const isWhole = [...tops].every(
    (name) => !telling.test(name) || (isObject(content) && Object.hasOwn(content, name)),
  );
  return isWhole && isAlike(content, read);
}

function isAlike(meant: unknown, read: Json | undefined): boolean {
  if (meant === undefined) return true;
  if (meant === null) return read === undefined || read === null || read === 0 || read === '';
  if (!isObject(meant)) return meant === read;
  if (read === undefined || !isJsonObject(read)) return false;
  return Object.entries(meant).every(([name, value]) => isAlike(value, read[name]));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
