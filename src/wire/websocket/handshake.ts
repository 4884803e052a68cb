import { createHash } from 'node:crypto';

/** What a server answers to the key of a client. @see RFC 6455, section 4.2.2 */
export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}${guid}`, 'latin1').digest('base64');
}

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
