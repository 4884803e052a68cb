import { valuesOf } from './fields.ts';
import type { Head } from './head.ts';
import { httpLimits, type Framing } from './message.ts';
import type { Problems } from './problems.ts';

/** Where the body ends, and what the headers say of it. */
export interface FramingPlan {
  readonly framing: Framing;
  /** What was announced of a body that cannot be: some software sends it all the same. */
  readonly announced: Framing;
  /** Nothing after the message can be read. */
  readonly lost: boolean;
}

/**
 * Finds out where a message's body ends. `method`: that of the request that it answers, where it is
 * known; only HEAD and CONNECT matter.
 *
 * A 205 is read as its headers say: the protocol's own specification sends content in it.
 *
 * @see RFC 9112, section 6.3
 */
export function planFraming(
  head: Head,
  problems: Problems,
  method: string | undefined,
): FramingPlan {
  const { start } = head;
  const declared = declaredFraming(head, problems);
  if (start?.kind !== 'response') {
    const framing = declared?.kind === 'close' ? null : declared;
    return plan(framing ?? none, { lost: framing === null });
  }
  if (isTunnel(start.code, method)) return plan(none, { lost: true });
  if (!isBodiless(start.code, method)) {
    return plan(declared === undefined ? { kind: 'close' } : (declared ?? none), {
      lost: declared === null,
    });
  }
  forbid(head, start.code, problems);
  return { framing: none, announced: announcedOf(declared), lost: declared === null };
}

const none: Framing = { kind: 'none' };

function plan(framing: Framing, { lost }: { readonly lost: boolean }): FramingPlan {
  return { framing, announced: none, lost };
}

function isTunnel(code: number, method: string | undefined): boolean {
  return code === 101 || (method === 'CONNECT' && code >= 200 && code < 300);
}

function isBodiless(code: number, method: string | undefined): boolean {
  return code < 200 || code === 204 || code === 304 || method === 'HEAD';
}

function forbid({ headers }: Head, code: number, problems: Problems): void {
  if (code >= 200 && code !== 204) return;
  for (const name of ['Content-Length', 'Transfer-Encoding']) {
    if (valuesOf(headers, name).length === 0) continue;
    problems.add('lengthForbidden', `expected no ${name} in a ${code}, got one`);
  }
}

function announcedOf(declared: Framing | null | undefined): Framing {
  if (declared === null || declared === undefined || declared.kind === 'close') return none;
  return declared.kind === 'length' && declared.lengthBytes === 0 ? none : declared;
}

/** What the headers say; `undefined` where they say nothing, `null` where it cannot be read. */
function declaredFraming({ start, headers }: Head, problems: Problems): Framing | null | undefined {
  const encodings = valuesOf(headers, 'transfer-encoding');
  const lengths = valuesOf(headers, 'content-length');
  if (encodings.length === 0)
    return lengths.length === 0 ? undefined : readLength(lengths, problems);
  if (lengths.length > 0) {
    problems.add(
      'lengthAndChunked',
      'expected one of Content-Length and Transfer-Encoding, got both',
    );
  }
  const codings = members(encodings).map((coding) => coding.toLowerCase());
  if (codings.length > 1 || codings[0] !== 'chunked' || start?.version === '1.0') {
    problems.add(
      'transferEncoding',
      'expected a Transfer-Encoding of chunked in HTTP/1.1, got another',
    );
  }
  return { kind: codings.at(-1) === 'chunked' ? 'chunked' : 'close' };
}

function readLength(values: readonly string[], problems: Problems): Framing | null {
  const lengths = members(values);
  if (!lengths.every((length) => /^\d+$/.test(length))) {
    problems.add(
      'lengthInvalid',
      'expected Content-Length to be a number of 0 or more, got another',
    );
    return null;
  }
  const [lengthBytes = 0, ...others] = lengths.map(Number);
  if (others.some((other) => other !== lengthBytes)) {
    problems.add('lengthDiffers', `expected one Content-Length, got ${lengths.length} that differ`);
    return null;
  }
  if (others.length > 0) {
    problems.add('lengthTwice', `expected one Content-Length, got it ${lengths.length} times`);
  }
  if (lengthBytes <= httpLimits.bodyBytes) return { kind: 'length', lengthBytes };
  const limit = `expected a body of at most ${httpLimits.bodyBytes} bytes`;
  problems.add('overLimit', `${limit}, got one of ${lengthBytes}`);
  return null;
}

/** The members of a list that may go over several headers; empty ones count. */
function members(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split(',')).map((member) => member.trim());
}
