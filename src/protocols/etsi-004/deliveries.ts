import { hyphenated, member } from '#models/etsi-004/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import { chunkSize } from './qos.ts';

/** One key that a device delivered: pushed, or in its answer to get-key. */
export interface Delivery {
  /** In small letters; the trace's sessions are told apart. */
  readonly stream: string;
  readonly end: unknown;
  readonly index: unknown;
  readonly key: Uint8Array;
  /** Bytes that were agreed on, where that is known. */
  readonly agreedBytes: number | null;
  /** Bits a second that were agreed on at most, where that is known. */
  readonly agreedMaxBps: number | null;
  /** When close was answered at this end, where it was. */
  readonly closedMs: number | null;
  /** True where the index came before at this end and was refused, not answered, or asked for. */
  readonly isRepeated: boolean;
  /** The largest index so far at this end, counted across the wrap. */
  readonly highest: unknown;
  readonly at: number;
  readonly atMs: number;
}

/** What one end of a stream has come to, while a trace is read. */
interface EndState {
  chunkBytes: number | null;
  maxBps: number | null;
  closedMs: number | null;
  highest: unknown;
  /** Indices of pushes that await their answer. */
  readonly awaited: Map<string, unknown>;
  /** Indices that were refused, or not answered. */
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
    if (payload['code'] === undefined && message !== 'hungUp') calls.set(exchangeOf(frame), frame);
    switch (message) {
      case 'opened':
        opened(stateOf(states, frame, idIn(frame) ?? (call && idIn(call))), frame);
        break;
      case 'closeAccepted':
        if (call !== undefined) stateOf(states, frame, idIn(call)).closedMs = frame.atMs;
        break;
      case 'keyAccepted':
      case 'keyRefused': {
        if (call === undefined) break;
        const state = stateOf(states, frame, idIn(call));
        state.awaited.delete(exchangeOf(frame));
        if (message === 'keyRefused') state.refused.add(indexIn(call));
        break;
      }
      case 'hungUp':
        for (const lost of callsOn(frame, calls)) withdrawn(states, calls, lost);
        break;
      case 'getKeyAccepted':
        if (call !== undefined && member(payload['content'], 'key_buffer') !== undefined) {
          found.push(pulled(frame, call, stateOf(states, frame, idIn(call))));
        }
        break;
      case 'keyMaterial': {
        const delivery = pushed(frame, stateOf(states, frame, idIn(frame)));
        if (delivery !== null) found.push(delivery);
        break;
      }
    }
  }
  return found;
}

function opened(state: EndState, { perceived }: JudgedFrame): void {
  const qos = member(perceived.payload['content'], 'qos');
  const maxBps = member(qos, 'max_bps');
  Object.assign(state, {
    chunkBytes: chunkSize(qos),
    maxBps: typeof maxBps === 'number' && maxBps > 0 ? maxBps : null,
    closedMs: null,
  });
}

/** Nobody answers a call whose connection is over: whatever is said on it later is not heard. */
function withdrawn(
  states: Map<string, EndState>,
  calls: Map<string, JudgedFrame>,
  call: JudgedFrame,
): void {
  calls.delete(exchangeOf(call));
  if (call.perceived.message !== 'keyMaterial') return;
  const state = stateOf(states, call, idIn(call));
  if (!state.awaited.delete(exchangeOf(call))) return;
  state.refused.add(indexIn(call));
}

/** The calls on the connection of a frame. */
function callsOn(frame: JudgedFrame, calls: ReadonlyMap<string, JudgedFrame>) {
  const wire = ({ session, perceived: { payload } }: JudgedFrame) =>
    [session, payload['end'], payload['by'], payload['connection']].join('/');
  return [...calls.values()].filter((call) => wire(call) === wire(frame));
}

/** The key of a push; `null` where it has none. */
function pushed(frame: JudgedFrame, state: EndState): Delivery | null {
  const { content } = frame.perceived.payload;
  const index = indexIn(frame);
  const isRepeated = state.refused.has(index) || [...state.awaited.values()].includes(index);
  const delivery = deliveryOf(frame, state, { id: idIn(frame), isRepeated });
  if (member(content, 'status') !== 0) return null;
  state.awaited.set(exchangeOf(frame), index);
  state.highest = higher(state.highest, index);
  return delivery;
}

/** The key in an answer to get-key; one that was asked for by its index may come again. */
function pulled(frame: JudgedFrame, call: JudgedFrame, state: EndState): Delivery {
  const isRepeated = indexIn(call) === indexIn(frame);
  const delivery = deliveryOf(frame, state, { id: idIn(call), isRepeated });
  state.highest = higher(state.highest, indexIn(frame));
  return delivery;
}

/** How far an index lies before another, across the wrap: 0 … 2^32 - 1. */
export function behind(index: unknown, other: unknown): number {
  return (Number(other) - Number(index) + 2 ** 32) % 2 ** 32;
}

/** Half of all indices lie behind an index. */
export const halfOfIndices = 2 ** 31;

function higher(known: unknown, index: unknown): unknown {
  return known !== undefined && behind(index, known) < halfOfIndices ? known : index;
}

function deliveryOf(
  frame: JudgedFrame,
  state: EndState,
  found: { readonly id: string | null } & Pick<Delivery, 'isRepeated'>,
): Delivery {
  const { content, end } = frame.perceived.payload;
  const buffer = member(content, 'key_buffer');
  const { id, isRepeated } = found;
  return {
    stream: `${frame.session}/${id}`,
    end,
    index: indexIn(frame),
    key: Buffer.from(typeof buffer === 'string' ? buffer : '', 'base64'),
    agreedBytes: state.chunkBytes,
    agreedMaxBps: state.maxBps,
    closedMs: state.closedMs,
    isRepeated,
    highest: state.highest,
    at: frame.at,
    atMs: frame.atMs,
  };
}

function stateOf(
  states: Map<string, EndState>,
  { session, perceived }: JudgedFrame,
  id: string | null | undefined,
): EndState {
  const key = `${session}/${String(perceived.payload['end'])}/${id ?? ''}`;
  const known = states.get(key) ?? {
    chunkBytes: null,
    maxBps: null,
    closedMs: null,
    highest: undefined,
    awaited: new Map(),
    refused: new Set(),
  };
  states.set(key, known);
  return known;
}

/** A call and its answer have the same. */
export function exchangeOf({ session, perceived: { payload } }: JudgedFrame): string {
  const { end, by, connection, exchange } = payload;
  return [session, end, by, connection, exchange].join('/');
}

/** The key_stream_id that a frame names, in small letters and the usual form of a UUID. */
export function idIn({ perceived }: JudgedFrame): string | null {
  const content = perceived.payload['content'];
  const buffer = member(member(content, 'metadata'), 'buffer');
  const id = member(content, 'key_stream_id') ?? member(buffer, 'key_stream_id');
  if (typeof id === 'string') return hyphenated(id).toLowerCase();
  const written =
    typeof buffer === 'string' ? /"key_stream_id"\s*:\s*"([^"]*)"/.exec(buffer) : null;
  return written?.[1]?.toLowerCase() ?? null;
}

function indexIn({ perceived }: JudgedFrame): unknown {
  return member(perceived.payload['content'], 'index');
}
