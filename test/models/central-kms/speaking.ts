import {
  centralKmsModel,
  messages,
  type Call,
  type Conversation,
  type MessageName,
  type Side,
} from '#models/central-kms/index.ts';
import { assumedReadings, type Readings } from '#models/language/index.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Position, Step } from '#src/chart/chart.ts';

export const chart = chartOf(centralKmsModel.session);

export function readings(pinned: Readings = {}): Readings {
  return { ...assumedReadings(centralKmsModel.ambiguities), ...pinned };
}

/** The position before the upgrade. */
export function start(pinned: Readings = {}): Position {
  return chart.initial({ readings: readings(pinned) });
}

export function conversationAt({ context }: Position): Conversation {
  if (!isConversation(context)) throw new TypeError('not the context of a session');
  return context;
}

function isConversation(context: unknown): context is Conversation {
  return typeof context === 'object' && context !== null && 'calls' in context;
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
  return place.states.filter((state) => !/\.(?:none|calm)$|^memory$/.test(state));
}

/** Who owes something. */
export function owing({ place }: Position): readonly string[] {
  return [...place.tags].toSorted();
}

/** A call with other params, or another id. */
export function call(message: MessageName, change: Carried = {}, id?: unknown) {
  const { example } = messages[message];
  const params = 'params' in example ? { ...example.params, ...change } : change;
  const given = id === undefined ? {} : { id };
  return { content: { ...example, ...given, params } };
}

/** A result with other members, for a call. */
export function result(message: MessageName, id: unknown, change: Carried = {}) {
  const { example } = messages[message];
  const value = 'result' in example ? example.result : {};
  return { content: { jsonrpc: '2.0', id, result: { ...value, ...change } } };
}

export function error(code: number, id: unknown) {
  return { content: { jsonrpc: '2.0', id, error: { code, message: 'wrong' } } };
}

/** A close frame, a ping or a pong. */
export const closing = (code: number | null = 1000) => ({ content: { code, reason: '' } });
export const bytes = (payload: string) => ({ content: { payload } });

/** The WebSocket is there. */
export function connected(pinned: Readings = {}): Position {
  const asked = take(start(pinned), 'sidecar.upgrade', { content: messages.upgrade.example });
  return take(asked, 'central-kms.upgraded', { content: messages.upgraded.example });
}

/** The sidecar has its keys and a challenge. */
export function challenged(pinned: Readings = {}): Position {
  const asked = take(connected(pinned), 'sidecar.register', call('register'));
  return take(asked, 'central-kms.registered', result('registered', 'r-1'));
}

/** The sidecar has proved that it can sign. */
export function registered(pinned: Readings = {}): Position {
  const asked = take(challenged(pinned), 'sidecar.challenge', call('challenge'));
  return take(asked, 'central-kms.challengeAccepted', result('challengeAccepted', 'c-1'));
}

/** A challenge with wrong signatures. */
export function wrong(proof: string, id = 'c-1') {
  return { ...call('challenge', {}, id), proof };
}

/** Ids of batches, of inquiries and of sidecars. */
export const uuid = (digit: string) => `${digit.repeat(8)}-1111-4222-8333-${digit.repeat(12)}`;

/** Contents of a message for a search, nothing but the content being known. */
export function contents(message: string, position: Position): readonly unknown[] {
  const conversation = conversationAt(position);
  const { calls } = conversation;
  const waiting = (by: Side, method: string | null) =>
    calls.filter((one) => one.by === by && (method === null || one.method === method));
  switch (message) {
    case 'registered':
      return waiting('sidecar', 'register').map(({ id, content }) => {
        const fresh = { challenge: `challenge ${conversation.grants.length}` };
        return result(message, id, { ...fresh, id: paramOf(content, 'id') }).content;
      });
    case 'challengeAccepted':
      return waiting('sidecar', 'challenge').map(({ id }) => result(message, id).content);
    case 'batchStored':
      return waiting('sidecar', 'batch').map(
        ({ id, content }) => result(message, id, { id: paramOf(content, 'id') }).content,
      );
    case 'healthReport':
      return waiting('central-kms', 'healthcheck').map(({ id }) => result(message, id).content);
    case 'inquiryResult':
      return waiting('central-kms', 'inquiry').map(
        (one) => result(message, one.id, finding(one)).content,
      );
    case 'inquiryResponse':
      return waiting('central-kms', 'inquiry').map((one) => call(message, finding(one)).content);
    case 'kmsError':
      return waiting('sidecar', null).flatMap(refusals);
    case 'sidecarError':
      return waiting('central-kms', null).flatMap(refusals);
    case 'array':
      return [
        messages.array.example,
        ...waiting('sidecar', null)
          .filter(({ fault }) => fault === 'array')
          .map(() => [result('batchStored', 'b-1').content]),
      ];
    case 'ping':
      return ['', 'aa'].map((payload) => ({ payload }));
    case 'pong':
      return [...Object.values(conversation.pings).flat(), 'ee'].map((payload) => ({ payload }));
    case 'register':
    case 'challenge':
    case 'batch':
      return [
        call(
          message,
          message === 'batch' ? { id: fresh(calls.length) } : {},
          serial(message, calls),
        ).content,
      ];
    case 'healthcheck':
      return [call(message, {}, serial(message, calls)).content];
    case 'inquiry':
      return [call(message, { inquiry: fresh(calls.length) }, serial(message, calls)).content];
    default:
      return isName(message) ? [messages[message].example] : [];
  }
}

/** The next answer to an inquiry that two batches satisfy. */
function finding({ items, content }: Call) {
  return { inquiry: paramOf(content, 'inquiry'), total: 2, item: items.length + 1 };
}

/** Errors that a call may have, of all codes. */
function refusals({ id }: Call): readonly unknown[] {
  return [-32700, -32600, -32601, -32602, -32603, 40001, 40004, 40005].map(
    (code) => error(code, id ?? null).content,
  );
}

function serial(message: string, calls: readonly Call[]): string {
  return `${message}-${calls.length}`;
}

function fresh(count: number): string {
  return uuid((count % 10).toString());
}

function paramOf(content: unknown, name: string): unknown {
  if (typeof content !== 'object' || content === null || !('params' in content)) return undefined;
  const { params } = content;
  return typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
}

function isName(message: string): message is MessageName {
  return Object.hasOwn(messages, message);
}
