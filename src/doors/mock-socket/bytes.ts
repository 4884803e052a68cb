import { Buffer } from 'node:buffer';

/** What a WebSocket of the platform can send. */
export type Sent = string | Blob | ArrayBuffer | ArrayBufferView;

/** The bytes of it, as they lie in a frame. */
export async function bytesOf(sent: Sent): Promise<Uint8Array> {
  if (typeof sent === 'string') return Buffer.from(sent);
  if (sent instanceof Blob) return sent.bytes();
  if (sent instanceof ArrayBuffer) return new Uint8Array(sent);
  return new Uint8Array(sent.buffer, sent.byteOffset, sent.byteLength);
}
