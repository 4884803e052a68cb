import type { JsonResult } from '#src/base/json.ts';
import type { FrameTree } from '#src/contract/exhibit.ts';
import { jsonTree } from '#src/wire/tree/json-tree.ts';
import { branch, leaf } from '#src/wire/tree/tree.ts';
import { describe } from './describe.ts';
import type { ReadFrame } from './frame.ts';

/** A frame part by part: its header, its digest and its content. Nothing in it is key material. */
export function tree(frame: ReadFrame): FrameTree {
  const { headerBytes, digest, contentBytes, header, content, problems } = frame;
  return branch(describe(frame), [
    part('header', header, headerBytes),
    leaf('digest', digest.length === 0 ? 'none' : Buffer.from(digest).toString('hex')),
    ...(content === null ? [leaf('content', 'none')] : [part('content', content, contentBytes)]),
    ...problems.map(({ code, detail }) => leaf(`problem ${code}`, detail)),
  ]);
}

function part(name: string, read: JsonResult, { length }: Uint8Array): FrameTree {
  if (read.ok) return jsonTree(name, read.value);
  return leaf(name, `${length} bytes that are no JSON: ${read.why}`);
}
