import { describe, expect, it } from 'vitest';
import { Arrivals } from '#src/transport/arrivals.ts';

const arrival = { kind: 'bytes', bytes: Uint8Array.of(1) } as const;
const ending = { kind: 'closed', how: 'end' } as const;

describe('arrivals', () => {
  it('wake the one who waits for them', async () => {
    const arrivals = new Arrivals();
    const read = arrivals.read(60_000);
    arrivals.arrive(arrival);
    expect(await read).toBe(arrival);
    expect(arrivals.heldBytes).toBe(0);
  });

  it('keep to the limit of a read, whatever the limit of the one before', async () => {
    const arrivals = new Arrivals();
    for (const limitMs of [60_000, 20, 5, 40]) {
      const read = arrivals.read(limitMs);
      arrivals.arrive(arrival);
      expect(await read).toBe(arrival);
      expect(await arrivals.read(10)).toEqual({ kind: 'silence', waitedMs: 10 });
    }
  });

  it('that come too late are there for the next read', async () => {
    const arrivals = new Arrivals();
    expect((await arrivals.read(5)).kind).toBe('silence');
    arrivals.arrive(arrival);
    expect(await arrivals.read(5)).toBe(arrival);
  });

  it('are over after an ending, for everyone who reads on', async () => {
    const arrivals = new Arrivals();
    const read = arrivals.read(60_000);
    arrivals.arrive(ending);
    arrivals.arrive(arrival);
    expect(await read).toBe(ending);
    expect(await arrivals.read(60_000)).toBe(ending);
  });
});
