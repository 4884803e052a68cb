import { member, requirements } from '#models/etsi-004/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import type { Delivery } from '../deliveries.ts';
import { chunkSize } from '../qos.ts';
import { ofAnswers, ofKeys, ofMessages } from './audit.ts';

const chunkSizeKept = ofKeys(requirements.chunkSizeKept, () => ({ key, agreedBytes, index }) => {
  if (agreedBytes === null || key.length === agreedBytes) return null;
  return `The key of index ${String(index)} has ${key.length} bytes, ${agreedBytes} were agreed on.`;
});

/** Keys that networks and machines may hold back and deliver all at once, as time. */
const burstMs = 1000;
/** Clocks go differently, and a rate is a mean. */
const tolerance = 1.1;

/**
 * Counted from the first key of each end: later keys in a shorter time than their number takes at
 * the largest rate came too fast, however slow this machine is.
 */
const maxRateKept = ofKeys(requirements.maxRateKept, () => {
  const counts = new Map<string, { readonly fromMs: number; bits: number }>();
  return (delivery) => {
    const { stream, end, atMs, agreedMaxBps, isRepeated } = delivery;
    if (agreedMaxBps === null || isRepeated) return null;
    const name = `${stream} ${String(end)}`;
    const count = counts.get(name);
    if (count === undefined) {
      counts.set(name, { fromMs: atMs, bits: 0 });
      return null;
    }
    count.bits += 8 * delivery.key.length;
    return tooFast(delivery, { ms: atMs - count.fromMs, bits: count.bits });
  };
});

function tooFast(
  { key, agreedMaxBps, end }: Delivery,
  came: { readonly ms: number; readonly bits: number },
): string | null {
  const most = ((agreedMaxBps ?? 0) * tolerance * (came.ms + burstMs)) / 1000;
  if (came.bits <= most + 8 * key.length) return null;
  const rate = `${came.bits} bits in ${Math.round(came.ms)} ms`;
  return `At end ${String(end)} came ${rate}, at most ${agreedMaxBps} bit/s were agreed on.`;
}

/** At the source: at the destination it may be replaced by the source's. */
const qosKept = ofAnswers(requirements.qosKept, ({ unmetQos }) => ({ answer, call }) => {
  const { message, payload } = answer.perceived;
  if (message !== 'opened' || payload['end'] !== 'a' || unmetQos === 'lowered') return null;
  const asked = member(call?.perceived.payload['content'], 'qos');
  return qosBroken(asked, member(payload['content'], 'qos'));
});

function qosBroken(asked: unknown, given: unknown): string | null {
  /** Of what the answer does not say, nothing is known. */
  const both = (name: string) => [member(asked, name), member(given, name) ?? member(asked, name)];
  const [chunk, givenChunk] = both('key_chunk_size').map(Number);
  if (isPositive(chunk) && givenChunk !== chunk) return `Keys of ${chunk} bytes were asked for.`;
  const [most, givenMost = 0] = both('max_bps').map(Number);
  if (isPositive(most) && givenMost > most) return `No more than ${most} bit/s were asked for.`;
  const [least, givenLeast = 0] = both('min_bps').map(Number);
  const isLess = isPositive(least) && givenLeast < least;
  return isLess ? `No less than ${least} bit/s were asked for.` : null;
}

function isPositive(value: number | undefined): value is number {
  return value !== undefined && value > 0;
}

/** What was left open is the device's choice, and nobody but the device knows it. */
const qosAnswered = ofAnswers(requirements.qosAnswered, ({ zeroQos }) => ({ answer, call }) => {
  const { message, payload } = answer.perceived;
  if (message !== 'opened' || call === null) return null;
  const asked = member(member(call.perceived.payload['content'], 'qos'), 'key_chunk_size');
  if (typeof asked === 'number' && (asked > 0 || zeroQos === 'zero')) return null;
  if (chunkSize(member(payload['content'], 'qos')) !== null) return null;
  return 'key_chunk_size was left open, and the answer does not say it.';
});

const mimetypeJson = ofMessages(requirements.mimetypeJson, ({ mimetype }) => (frame) => {
  const { message, payload } = frame.perceived;
  const type = member(member(payload['content'], 'qos'), 'metadata_mimetype');
  if (mimetype !== 'jsonOnly' || typeof type !== 'string' || !namesQos(frame)) return null;
  return type === 'application/json' ? null : `The metadata_mimetype of ${message} is another.`;
});

function namesQos({ perceived: { message } }: JudgedFrame): boolean {
  return message === 'openConnect' || message === 'opened' || message === 'counterProposed';
}

/** What was agreed on is kept. */
export const qualityAudits: readonly Audit[] = [
  chunkSizeKept,
  qosKept,
  qosAnswered,
  maxRateKept,
  mimetypeJson,
];
