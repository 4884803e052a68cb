import { describe, expect, it } from 'vitest';
import { encodeRecord } from '#src/base/records.ts';
import { CarriedOver } from '#src/fuzz/carried-over.ts';
import { Visits } from '#src/fuzz/visits.ts';

describe('what a peer named then and names otherwise today', () => {
  it('is said as it is today, wherever it stands as a whole', () => {
    const carried = new CarriedOver();
    carried.heardThen('made', { id: 'key-0001', parts: [{ of: 'key-0002' }] });
    carried.heardToday('made', { id: 'key-7001', parts: [{ of: 'key-7002' }] });
    const said = { about: 'key-0002', also: ['key-0001', 'key-0001 and more', 4, null] };
    expect(carried.renewed(said)).toEqual({
      about: 'key-7002',
      also: ['key-7001', 'key-0001 and more', 4, null],
    });
  });

  it('is told by the message and how often it came, in whichever order both are heard', () => {
    const carried = new CarriedOver();
    carried.heardToday('made', 'second today');
    carried.heardToday('other', 'another');
    carried.heardThen('made', 'then as well');
    carried.heardThen('other', 'other then');
    expect(carried.renewed('then as well')).toBe('second today');
    expect(carried.renewed('other then')).toBe('another');
  });

  it('is no short word, which may stand anywhere', () => {
    const carried = new CarriedOver();
    carried.heardThen('state', 'Open');
    carried.heardToday('state', 'Shut');
    expect(carried.renewed('Open')).toBe('Open');
  });
});

describe('connections that a peer opens by itself', () => {
  const record = (by: 0 | 1, connection: number) =>
    encodeRecord({ kind: 'data', end: 0, by, connection, bytes: new Uint8Array([1]) });

  it('are awaited until something came on them', () => {
    const visits = new Visits(1);
    expect(visits.areMissing(record(1, 0))).toBe(true);
    visits.saw(record(1, 0));
    expect(visits.areMissing(record(1, 0))).toBe(false);
    expect(visits.areMissing(record(1, 1))).toBe(true);
  });

  it('are not those that we open, and none once they are given up', () => {
    const visits = new Visits(1);
    expect(visits.areMissing(record(0, 0))).toBe(false);
    visits.giveUp();
    expect(visits.areMissing(record(1, 3))).toBe(false);
  });
});
