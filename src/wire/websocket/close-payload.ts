import { utf8Text } from '#src/base/bytes.ts';
import type { WebSocketProblem } from './frame.ts';

/** What a close frame says; `code` `null` where it says nothing. */
export interface ClosePayload {
  readonly code: number | null;
  readonly reason: string;
  readonly problems: readonly WebSocketProblem[];
}

/** The payload of a close frame: a code, and a reason of at most 123 bytes. */
export function writeClose(code: number | null, reason = ''): Uint8Array {
  if (code === null) return new Uint8Array(0);
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(code & 0xffff);
  return Buffer.concat([bytes, Buffer.from(reason)]);
}

/** @see RFC 6455, section 5.5.1 */
export function readClose(payload: Uint8Array): ClosePayload {
  const [high, low] = payload;
  if (high === undefined) return { code: null, reason: '', problems: [] };
  if (low === undefined) {
    const detail = 'expected no payload or at least 2 bytes, got 1';
    return { code: null, reason: '', problems: [{ code: 'closeLength', detail }] };
  }
  const code = high * 256 + low;
  const reason = utf8Text(payload.subarray(2));
  const problems: WebSocketProblem[] = [];
  if (!maySend(code)) {
    problems.push({ code: 'closeCode', detail: `expected a code that may be sent, got ${code}` });
  }
  if (reason === null) {
    problems.push({ code: 'closeReason', detail: 'expected UTF-8, got other bytes' });
  }
  return { code, reason: reason ?? '', problems };
}

/**
 * Whether a code may stand in a close frame: those of the RFC and of the registry behind it, of
 * libraries (3000 … 3999) and of applications (4000 … 4999). @see RFC 6455, section 7.4
 */
export function maySend(code: number): boolean {
  if (code >= 3000) return code <= 4999;
  return code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code);
}
