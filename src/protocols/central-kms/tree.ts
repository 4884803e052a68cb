import type { Json } from '#src/base/json.ts';
import type { FrameTree } from '#src/contract/exhibit.ts';
import { httpHeadTree } from '#src/wire/tree/http-tree.ts';
import { jsonTree } from '#src/wire/tree/json-tree.ts';
import { branch, leaf } from '#src/wire/tree/tree.ts';
import { describe } from './describe.ts';
import type { SocketFrame } from './frames.ts';
import { textDigest } from './text-digest.ts';

/** The upgrade in HTTP, or a WebSocket message with its JSON; keys as length and digest. */
export function tree(frame: SocketFrame): FrameTree {
  if (frame.carrier === 'http') return branch(describe(frame), [httpHeadTree(frame.message)]);
  const { message, json } = frame;
  return branch(describe(frame), [
    branch('WebSocket', [
      leaf('kind', message.kind),
      ...(message.code === null ? [] : [leaf('code', String(message.code))]),
      leaf('payload', `${message.payload.length} bytes`),
      ...(message.fragments === 1 ? [] : [leaf('fragments', String(message.fragments))]),
      ...message.problems.map(({ code, detail }) => leaf(`problem ${code}`, detail)),
    ]),
    ...(json === null ? [] : [contentOf(json)]),
  ]);
}

function contentOf(json: NonNullable<Extract<SocketFrame, { json: unknown }>['json']>): FrameTree {
  return json.ok ? jsonTree('JSON', json.value, hidden) : leaf('text', `no JSON: ${json.why}`);
}

/** How peers may spell the members that hold keys. */
const keyName = /^(?:batch|row)_?key$/i;

function hidden(name: string, value: Json): string | null {
  if (!keyName.test(name) || value === null) return null;
  return typeof value === 'string' ? textDigest(value) : `a ${typeof value}`;
}

/** The keys in a message, as they are written there. */
export function secrets(frame: SocketFrame): readonly Uint8Array[] | null {
  if (frame.carrier === 'http' || frame.json === null) return [];
  if (frame.json.ok) return keysIn(frame.json.value);
  const text = Buffer.from(frame.message.payload).toString('latin1');
  return /(?:batch|row)_?key/i.test(text) ? null : [];
}

function keysIn(value: Json): readonly Uint8Array[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, Json]) => {
    if (!keyName.test(name) || typeof member === 'object') return keysIn(member);
    return [Buffer.from(String(member), 'utf8')];
  });
}
