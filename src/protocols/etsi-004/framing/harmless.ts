import { headerBytes } from './message.ts';

/** Ends the server that hears it: said only where that is meant. */
const endsServers = 255;
/** Stands for it where it came about by chance; nobody knows it either. */
const instead = 127;

/**
 * The same bytes without the service that ends servers, as a server would cut them into frames; of
 * what follows a length that is wrong, nobody knows how it is cut.
 */
export function harmless(bytes: Uint8Array): Uint8Array {
  let changed: Buffer | null = null;
  for (let at = 0; at + headerBytes <= bytes.length;) {
    if (bytes[at + 3] === endsServers) {
      changed ??= Buffer.from(bytes);
      changed[at + 3] = instead;
    }
    at += headerBytes + new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(4);
  }
  return changed ?? bytes;
}
