import { describe, expect, it } from 'vitest';
import { encodeRecord, RecordDecoder, type BundleRecord } from '#src/base/records.ts';
import { SimulatedClock } from '#src/base/simulated-clock.ts';
import { bundleInMemory } from '#src/transport/bundle-memory.ts';
import type { Link } from '#src/transport/link.ts';

const record = (kind: BundleRecord['kind'], strand: object, text = ''): Uint8Array =>
  encodeRecord({ kind, end: 0, by: 0, connection: 0, ...strand, bytes: Buffer.from(text) });

async function heard(link: Link, clock: SimulatedClock): Promise<string> {
  const arrival = await clock.passing(link.read(1000));
  if (arrival.kind !== 'bytes') return arrival.kind;
  const [piece] = new RecordDecoder().push(arrival.bytes);
  if (piece === undefined || piece.kind === 'bad') return 'bad';
  const { kind, end, by, connection, bytes } = piece;
  return [kind, end, by, connection, Buffer.from(bytes).toString()].join(' ').trim();
}

describe('a bundle in memory', () => {
  it('carries connections of both sides at both ends, until they end', async () => {
    const clock = new SimulatedClock();
    const [caller, server] = bundleInMemory(2, clock);
    caller.write(record('data', { end: 1 }, 'call'));
    expect(await heard(server, clock)).toBe('data 1 0 0 call');
    server.write(record('data', { end: 1 }, 'answer'));
    server.write(record('data', { by: 1 }, 'push'));
    expect([await heard(caller, clock), await heard(caller, clock)].toSorted()).toEqual([
      'data 0 1 0 push',
      'data 1 0 0 answer',
    ]);
    caller.write(record('ended', { end: 1 }));
    expect(await heard(server, clock)).toBe('ended 1 0 0');
    expect(await heard(server, clock)).toBe('silence');
    expect(clock.nowMs()).toBe(1000);
  });

  it('resets what is opened at an end that is not there', async () => {
    const clock = new SimulatedClock();
    const [caller] = bundleInMemory(1, clock);
    caller.write(record('data', { end: 1 }, 'call'));
    expect(await heard(caller, clock)).toBe('reset 1 0 0');
  });
});
