import { member, type MessageName } from '#models/etsi-004/index.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { SideRecord } from '#src/contract/side.ts';
import type { Etsi004Bend } from '../codec.ts';
import type { DeviceMemory, Scene } from '../reference/device-memory.ts';

type Bends = NonNullable<SideRecord<DeviceMemory>['bends']>;

/** Says some messages with another content. */
export function content(
  messages: readonly MessageName[],
  change: (content: object, scene: Scene, utterance: Utterance<Etsi004Bend>) => object | undefined,
): Bends {
  return (utterance, scene) => {
    const { message, content: said } = utterance;
    if (!messages.some((name) => name === message) || !isObject(said)) return utterance;
    const changed = change(said, scene, utterance);
    return { ...utterance, content: changed === undefined ? undefined : { ...said, ...changed } };
  };
}

/** Says some messages within another frame. */
export function frame(
  messages: readonly MessageName[],
  change: (content: object, scene: Scene) => Etsi004Bend,
): Bends {
  return (utterance, scene) => {
    if (!messages.some((name) => name === utterance.message)) return utterance;
    const said = isObject(utterance.content) ? utterance.content : {};
    return { ...utterance, frame: { ...utterance.frame, ...change(said, scene) } };
  };
}

/** The end of the link at which something is said. */
export function endOf({ frame }: Utterance<Etsi004Bend>): 'a' | 'b' {
  return frame?.end === 'b' ? 'b' : 'a';
}

/** The key in the content of key-material. */
export function keyIn(content: object): Buffer {
  return Buffer.from(String(member(content, 'key_buffer')), 'base64');
}

/** The index in it. */
export function indexIn(content: object): number {
  return Number(member(content, 'index'));
}

/** The key_stream_id in it. */
export function streamIn(content: object): string {
  return String(member(member(member(content, 'metadata'), 'buffer'), 'key_stream_id'));
}

/** The content of key-material with another key. */
export function withKey(key: Uint8Array): object {
  return { key_buffer: Buffer.from(key).toString('base64') };
}

/** Counts up in the memory; how often it was counted so far, this time with it. */
export function counted({ memory }: Scene, what: string): number {
  const count = (memory.marks.get(what) ?? 0) + 1;
  memory.marks.set(what, count);
  return count;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
