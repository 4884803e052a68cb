import { member } from '#models/etsi-004/index.ts';
import type { FrameTree } from '#src/contract/exhibit.ts';
import { jsonTree } from '#src/wire/tree/json-tree.ts';
import { branch, leaf } from '#src/wire/tree/tree.ts';
import { hidden } from '../tree.ts';
import { describeService } from './describe.ts';
import { isServiceEnding, type ServiceFrame } from './reader.ts';

/** A frame of the service framing: its header and its payload; keys as length and digest. */
export function serviceTree(frame: ServiceFrame): FrameTree {
  if (isServiceEnding(frame)) return leaf('connection', describeService(frame));
  const { version, service, content, problems } = frame.service;
  return branch(describeService(frame), [
    leaf('version', version),
    leaf('service', String(service)),
    content === undefined ? leaf('payload', 'unread') : jsonTree('payload', content, hidden),
    ...problems.map(({ code, detail }) => leaf(`problem ${code}`, detail)),
  ]);
}

/** The key in a frame, as it lies there; what could not be read may hold one. */
export function serviceSecrets(frame: ServiceFrame): readonly Uint8Array[] | null {
  const { content } = frame.service;
  if (content === undefined) return isServiceEnding(frame) ? [] : null;
  const key = member(content, 'key_buffer');
  return typeof key === 'string' ? [Buffer.from(key, 'base64')] : [];
}
