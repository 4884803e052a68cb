import { at, field, isFields, itemsOf, numberAt, textAt, type Fields } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';

/** One item of a request, with its result. */
export interface Exchange {
  /** Trace event of the response. */
  readonly at: number;
  readonly operation: string;
  readonly asked: Fields;
  readonly status: string | null;
  readonly reason: string | null;
  readonly told: Fields;
  readonly version: string;
}

/** What an exchange breaks, in one sentence; `null`: nothing. */
export type Look = (exchange: Exchange) => string | null;

/** A property of every result; `begin` makes its look anew for each trace. */
export function audit(requirement: Requirement, begin: () => Look): Audit {
  return {
    requirement,
    check(frames, peer) {
      if (peer !== 'server') return null;
      const look = begin();
      for (const exchange of exchangesIn(frames)) {
        const detail = look(exchange);
        if (detail !== null) return { at: exchange.at, detail };
      }
      return null;
    },
  };
}

/** A property of every response's header, by the version that it says. */
export function headerAudit(
  requirement: Requirement,
  look: (header: Fields, version: readonly [major: number, minor: number]) => string | null,
): Audit {
  return {
    requirement,
    check(frames, peer) {
      for (const { by, at: index, perceived } of frames) {
        const header = at(perceived.payload['content'], 'ResponseHeader');
        if (by !== 'peer' || peer !== 'server' || !isFields(header)) continue;
        const detail = look(header, versionIn(header));
        if (detail !== null) return { at: index, detail };
      }
      return null;
    },
  };
}

function versionIn(header: Fields): readonly [number, number] {
  const version = header['ProtocolVersion'];
  return [
    numberAt(version, 'ProtocolVersionMajor') ?? 0,
    numberAt(version, 'ProtocolVersionMinor') ?? 0,
  ];
}

const known = new WeakMap<readonly JudgedFrame[], readonly Exchange[]>();

/**
 * The items that were answered, in their order. Behind a request that could not be read nobody can
 * tell which response is about which: the rest of its connection says nothing.
 */
function exchangesIn(frames: readonly JudgedFrame[]): readonly Exchange[] {
  const found = known.get(frames) ?? [...exchanges(frames)];
  known.set(frames, found);
  return found;
}

function* exchanges(frames: readonly JudgedFrame[]): Generator<Exchange> {
  const pending = new Map<number, unknown[]>();
  const lost = new Set<number>();
  for (const { by, session, perceived, at: index } of frames) {
    const { content, fault } = perceived.payload;
    if (fault === 'framing' || fault === 'encoding') lost.add(session);
    const waiting = pending.get(session) ?? [];
    pending.set(session, waiting);
    if (by === 'player') waiting.push(content);
    else if (!lost.has(session)) yield* paired(waiting.shift(), content, index);
  }
}

function* paired(request: unknown, response: unknown, index: number): Generator<Exchange> {
  const asked = itemsOf(request);
  const [major, minor] = versionIn(fieldsAt(response, 'ResponseHeader'));
  for (const [place, answer] of itemsOf(response).entries()) {
    const item = itemOf(asked, answer, place);
    const operation = textAt(item, 'Operation');
    if (operation === null || textAt(answer, 'Operation') !== operation) continue;
    yield {
      at: index,
      operation,
      asked: fieldsAt(item, 'RequestPayload'),
      status: textAt(answer, 'ResultStatus'),
      reason: textAt(answer, 'ResultReason'),
      told: fieldsAt(answer, 'ResponsePayload'),
      version: `${major}.${minor}`,
    };
  }
}

/** The item that a result is about: by its id, else by its place. */
function itemOf(asked: readonly unknown[], answer: unknown, place: number): unknown {
  const id = field(answer, 'UniqueBatchItemID');
  const same = asked.filter((item) => field(item, 'UniqueBatchItemID') === id);
  return same.length === 1 && id !== undefined ? same[0] : asked[place];
}

/** A structure below another; an empty one where it is not there. */
export function fieldsAt(of: unknown, name: string): Fields {
  const found = field(of, name);
  return isFields(found) ? found : {};
}
