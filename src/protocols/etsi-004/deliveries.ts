import { member } from '#models/etsi-004/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import { chunkSize } from './qos.ts';

/** One key that a device pushed. */
export interface Delivery {
  /** In small letters; the trace's sessions are told apart. */
  readonly stream: string;
  readonly end: unknown;
  readonly index: unknown;
  readonly key: Uint8Array;
  /** Bytes that were agreed on, where that is known. */
  readonly agreedBytes: number | null;
  /** When close was answered at this end, where it was. */
  readonly closedMs: number | null;
  /** True where the same index came before at this end and was refused, or not answered. */
  readonly isRepeated: boolean;
  /** The key before, at this end, where it was answered before this one came. */
  readonly before: Delivery | null;
  readonly at: number;
  readonly atMs: number;
}

/** What one end of a stream has come to, while a trace is read. */
interface EndState {
  chunkBytes: number | null;
  closedMs: number | null;
  last: Delivery | null;
  /** Connection of the last push, while it awaits its answer. */
  awaiting: string | null;
  readonly refused: Set<unknown>;
}

/** Every key of a trace in the order in which they came. Reads nothing but the frames. */
export function deliveriesIn(frames: readonly JudgedFrame[]): readonly Delivery[] {
  const states = new Map<string, EndState>();
  const calls = new Map<string, JudgedFrame>();
  const found: Delivery[] = [];
  for (const frame of frames) {
    const { message, payload } = frame.perceived;
    const call = calls.get(exchangeOf(frame));
    if (payload['code'] === undefined) calls.set(exchangeOf(frame), frame);
    switch (message) {
      case 'opened': {
        const qos = member(payload['content'], 'qos');
        const state = stateOf(states, frame, idIn(frame) ?? (call && idIn(call)));
        Object.assign(state, { chunkBytes: chunkSize(qos), closedMs: null });
        break;
      }
      case 'closeAccepted':
        if (call !== undefined) stateOf(states, frame, idIn(call)).closedMs = frame.atMs;
        break;
      case 'keyAccepted':
      case 'keyRefused': {
        if (call === undefined) break;
        const state = stateOf(states, frame, idIn(call));
        if (state.awaiting === exchangeOf(frame)) state.awaiting = null;
        if (message === 'keyRefused') state.refused.add(indexIn(call));
        break;
      }
      case 'keyMaterial': {
        const delivery = deliveryOf(frame, stateOf(states, frame, idIn(frame)));
        if (delivery !== null) found.push(delivery);
        break;
      }
    }
  }
  return found;
}

/** The key of a push; `null` where it has none. */
function deliveryOf(frame: JudgedFrame, state: EndState): Delivery | null {
  const { content, end } = frame.perceived.payload;
  const buffer = member(content, 'key_buffer');
  const key = Buffer.from(typeof buffer === 'string' ? buffer : '', 'base64');
  const isAwaited = state.awaiting !== null;
  const { last } = state;
  const index = indexIn(frame);
  const isRepeated = state.refused.has(index) || (isAwaited && last?.index === index);
  const delivery: Delivery = {
    stream: `${frame.session}/${idIn(frame)}`,
    end,
    index,
    key,
    agreedBytes: state.chunkBytes,
    closedMs: state.closedMs,
    isRepeated,
    before: isAwaited ? null : last,
    at: frame.at,
    atMs: frame.atMs,
  };
  if (member(content, 'status') !== 0) return null;
  Object.assign(state, { last: { ...delivery, before: null }, awaiting: exchangeOf(frame) });
  return delivery;
}

function stateOf(
  states: Map<string, EndState>,
  { session, perceived }: JudgedFrame,
  id: string | null | undefined,
): EndState {
  const key = `${session}/${String(perceived.payload['end'])}/${id ?? ''}`;
  const known = states.get(key) ?? {
    chunkBytes: null,
    closedMs: null,
    last: null,
    awaiting: null,
    refused: new Set(),
  };
  states.set(key, known);
  return known;
}

/** A call and its answer have the same. */
function exchangeOf({ session, perceived: { payload } }: JudgedFrame): string {
  const { end, by, connection, exchange } = payload;
  return [session, end, by, connection, exchange].join('/');
}

/** The key_stream_id that a frame names, in small letters. */
export function idIn({ perceived }: JudgedFrame): string | null {
  const content = perceived.payload['content'];
  const buffer = member(member(content, 'metadata'), 'buffer');
  const id = member(content, 'key_stream_id') ?? member(buffer, 'key_stream_id');
  if (typeof id === 'string') return id.toLowerCase();
  const written =
    typeof buffer === 'string' ? /"key_stream_id"\s*:\s*"([^"]*)"/.exec(buffer) : null;
  return written?.[1]?.toLowerCase() ?? null;
}

function indexIn({ perceived }: JudgedFrame): unknown {
  return member(perceived.payload['content'], 'index');
}
