import { kmipModel, messages, type Conversation, type Fields } from '#models/kmip/index.ts';
import { assumedReadings, type Readings } from '#models/language/index.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Position, Step } from '#src/chart/chart.ts';

export const chart = chartOf(kmipModel.session);

/** The position before anything was said. */
export function start(pinned: Readings = {}): Position {
  return chart.initial({ readings: { ...assumedReadings(kmipModel.ambiguities), ...pinned } });
}

export function conversationAt({ context }: Position): Conversation {
  if (!isConversation(context)) throw new TypeError('not the context of a session');
  return context;
}

function isConversation(context: unknown): context is Conversation {
  return typeof context === 'object' && context !== null && 'world' in context;
}

/** What an event carries. */
export type Carried = Readonly<Record<string, unknown>>;

/** One event, from a position; `null` where the machine does not offer it. */
export function attempt(from: Position, type: string, carried: Carried = {}): Step | null {
  return chart.step(from, { type, ...carried });
}

/** The same for an event that must be legal: a walk goes on from there. */
export function take(from: Position, type: string, carried: Carried = {}): Step {
  const step = attempt(from, type, carried);
  if (step === null) throw new RangeError(`${type} is not offered in ${active(from).join(' ')}`);
  return step;
}

/** The active leaves that are not at rest. */
export function active({ place }: Position): readonly string[] {
  return place.states.filter((state) => !/\.(?:none|idle|unknown)$|^memory$/.test(state));
}

const version = { ProtocolVersionMajor: 2, ProtocolVersionMinor: 1 };

/** One item of a request: the operation and its payload. */
export type Asking = readonly [operation: string, payload: Fields, more?: Fields];

/** A request of such items, with more in its header. */
export function asks(items: readonly Asking[], header: Fields = {}) {
  const isBatch = items.length > 1;
  const RequestHeader = { ProtocolVersion: version, ...header, BatchCount: items.length };
  const BatchItem = items.map(([Operation, RequestPayload], index) => ({
    Operation,
    ...(isBatch ? { UniqueBatchItemID: idOf(index) } : {}),
    RequestPayload,
  }));
  return { content: { RequestHeader, BatchItem } };
}

export function idOf(index: number): string {
  return `0${index}`;
}

/** One item of a response: success with a payload, or the status and reason of something else. */
export type Answer =
  { readonly payload: Fields } | { readonly reason: string } | { readonly undone: true };

/** The items of a response to a request of such operations; `null`: none. */
export function answers(
  operations: readonly string[],
  results: readonly (Answer | null)[],
  header: Fields = {},
) {
  const isBatch = operations.length > 1;
  const items = operations.flatMap((Operation, index) => {
    const result = results[index] ?? null;
    if (result === null) return [];
    const id = isBatch ? { UniqueBatchItemID: idOf(index) } : {};
    return [{ Operation, ...id, ...resultOf(result) }];
  });
  const ResponseHeader = {
    ProtocolVersion: version,
    TimeStamp: 1_605_916_800,
    ...header,
    BatchCount: items.length,
  };
  return { content: { ResponseHeader, BatchItem: items } };
}

function resultOf(answer: Answer): Fields {
  if ('payload' in answer) return { ResultStatus: 'Success', ResponsePayload: answer.payload };
  if ('undone' in answer) return { ResultStatus: 'OperationUndone' };
  return { ResultStatus: 'OperationFailed', ResultReason: answer.reason };
}

export const aes = {
  CryptographicAlgorithm: 'AES',
  CryptographicLength: 256,
  CryptographicUsageMask: 'Encrypt|Decrypt',
};

/** A session in which a key was made: Pre-Active, with the identifier `k`. */
export function created(pinned: Readings = {}, id = 'k', from = start(pinned)): Position {
  const asked = take(
    from,
    'client.create',
    asks([['Create', { ObjectType: 'SymmetricKey', Attributes: aes }]]),
  );
  const payload = { ObjectType: 'SymmetricKey', UniqueIdentifier: id };
  return take(asked, 'server.succeeded', answers(['Create'], [{ payload }]));
}

/** One operation on an object, and its response. */
export function done(
  from: Position,
  message: keyof typeof messages,
  payload: Fields,
  answer: Answer = { payload: { UniqueIdentifier: 'k' } },
): Step | null {
  const { wireName } = messages[message];
  const asked = take(from, `client.${message}`, asks([[wireName, payload]]));
  const said = 'payload' in answer ? 'succeeded' : 'failed';
  return attempt(asked, `server.${said}`, answers([wireName], [answer]));
}
