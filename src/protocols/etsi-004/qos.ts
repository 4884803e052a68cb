import { member } from '#models/etsi-004/index.ts';
import type { Readings } from '#models/language/index.ts';
import type { Random } from '#src/base/random.ts';

/** What a device of ours gives where it may choose. */
const usual = {
  key_chunk_size: 32,
  max_bps: 12_800,
  min_bps: 128,
  jitter: 0,
  priority: 0,
  timeout: 1000,
  ttl: 600,
  metadata_mimetype: 'application/json',
} as const;

/** What a KMS of ours asks for. */
export const asked = { ...usual, max_bps: 12_800, min_bps: 512, timeout: 100 } as const;

/** Longest key that a device of ours gives, bytes. */
const largestChunk = 64 * 1024;

/** The quality that a device of ours gives for what was asked: open members are its own choice. */
export function agreed(wanted: unknown, readings: Readings): Readonly<Record<string, unknown>> {
  const isOpen = (value: unknown) =>
    value === undefined ||
    value === null ||
    value === 'null' ||
    (value === 0 && readings['zeroQos'] === 'open');
  const chosen = Object.entries(usual).map(([name, own]) => {
    const value = member(wanted, name);
    return [name, isOpen(value) ? own : value] as const;
  });
  const qos = Object.fromEntries(chosen);
  const max = Number(qos['max_bps']);
  const isMaxOpen = isOpen(member(wanted, 'max_bps'));
  const isMinOpen = isOpen(member(wanted, 'min_bps'));
  const min = Number(qos['min_bps']);
  if (min > max && isMaxOpen) return { ...qos, max_bps: min };
  if (min > max && isMinOpen) return { ...qos, min_bps: max };
  return qos;
}

/** Another quality, where a device of ours cannot give what was asked; `null` where it can. */
export function proposal(
  wanted: unknown,
  readings: Readings,
): Readonly<Record<string, unknown>> | null {
  const qos = agreed(wanted, readings);
  const isPossible =
    Number(qos['key_chunk_size']) > 0 &&
    Number(qos['key_chunk_size']) <= largestChunk &&
    Number(qos['min_bps']) <= Number(qos['max_bps']) &&
    Number(qos['max_bps']) > 0;
  if (isPossible) return null;
  const chunk = Math.min(Math.max(1, Number(qos['key_chunk_size'])), largestChunk);
  const fastest = Math.max(1, Number(qos['max_bps']));
  const slowest = Math.min(Number(qos['min_bps']), fastest);
  return { ...qos, key_chunk_size: chunk, max_bps: fastest, min_bps: slowest };
}

/** Bytes of each key of a stream that is open with such quality; `null` where it does not say. */
export function chunkSize(qos: unknown): number | null {
  const size = member(qos, 'key_chunk_size');
  return typeof size === 'number' && size > 0 ? size : null;
}

/**
 * Milliseconds from one key to the next, at least one: at the largest rate, less what jitter allows.
 */
export function intervalMs(qos: unknown, random: Random): number {
  const rateOf = (name: 'max_bps' | 'min_bps' | 'jitter') =>
    Number(member(qos, name) ?? usual[name]);
  const bits = 8 * (chunkSize(qos) ?? usual.key_chunk_size);
  const fastest = Math.max(1, rateOf('max_bps'));
  const slowest = Math.max(Math.min(fastest, rateOf('min_bps')), fastest - rateOf('jitter'));
  const rate = fastest - random.below(Math.min(1 + fastest - slowest, 2 ** 31));
  return Math.max(1, Math.ceil((1000 * bits) / Math.max(1, rate)));
}
