import type { Json } from '#src/base/json.ts';
import type { FrameTree } from '#src/contract/exhibit.ts';
import type { HttpMessage } from '#src/wire/http/message.ts';
import { httpHeadTree } from '#src/wire/tree/http-tree.ts';
import { jsonTree } from '#src/wire/tree/json-tree.ts';
import { branch, leaf } from '#src/wire/tree/tree.ts';
import { describe } from './describe.ts';
import { isEnding, type HttpFrame } from './http-frames.ts';
import { keyDigest } from './keys.ts';

/** A call or its answer: the head of HTTP and the JSON in it; keys as length and digest. */
export function tree(frame: HttpFrame): FrameTree {
  if (isEnding(frame)) return leaf('connection', describe(frame));
  const { message } = frame;
  return branch(describe(frame), [httpHeadTree(message), ...bodyOf(message)]);
}

function bodyOf({ json, body }: HttpMessage): readonly FrameTree[] {
  if (json === null) return [];
  if (!json.ok) return [leaf('body', `${body.length} bytes that are no JSON: ${json.why}`)];
  return [jsonTree('body', json.value, hidden)];
}

/** How peers may spell the member that holds the key. */
const keyName = /^key_?buffer$/i;

/** What stands for a key; of a key that is no text nothing is shown. */
export function hidden(name: string, value: Json): string | null {
  if (!keyName.test(name) || value === null) return null;
  if (typeof value !== 'string') return `a ${typeof value}`;
  return keyDigest(Buffer.from(value, 'base64'));
}

/** The keys in a message, as they are written there. */
export function secrets({ message }: HttpFrame): readonly Uint8Array[] | null {
  const { json, body } = message;
  if (json === null) return [];
  if (json.ok) return keysIn(json.value);
  return /key_?buffer/i.test(Buffer.from(body).toString('latin1')) ? null : [];
}

function keysIn(value: Json): readonly Uint8Array[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, Json]) => {
    if (!keyName.test(name)) return keysIn(member);
    if (typeof member === 'object' && member !== null) return textsIn(member);
    return member === null ? [] : [Buffer.from(String(member), 'utf8')];
  });
}

function textsIn(value: Json): readonly Uint8Array[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [Buffer.from(String(value), 'utf8')];
  return Object.values(value).flatMap((member: Json) => textsIn(member));
}
