import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { localAddressTowards } from '#src/transport/local-address.ts';

describe('our address towards a host', () => {
  it('is loopback for loopback, and for a host that nobody knows', async () => {
    expect(await localAddressTowards('127.0.0.1')).toBe('127.0.0.1');
    expect(await localAddressTowards('no-such-host.invalid')).toBe('127.0.0.1');
  });

  it('is one of this machine for a host elsewhere', async () => {
    const ours = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const found = await localAddressTowards('192.0.2.1');
    expect(ours.map(({ address }) => address)).toContain(found);
  });
});
