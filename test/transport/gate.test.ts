import { describe, expect, it } from 'vitest';
import { openGate } from '#src/transport/gate.ts';
import { connectTcp } from '#src/transport/tcp.ts';
import { loopback } from './bundle-ends.ts';

const plain = { credentials: null };

describe('a gate', () => {
  it('leads to whoever entered last, and to the one before when that has left', async () => {
    await using gate = await openGate([loopback], plain);
    const [place = loopback] = gate.places;
    const came: string[] = [];
    const enter = (name: string) =>
      gate.enter((_, link) => {
        came.push(name);
        link.end();
      });
    const leaveFirst = enter('first');
    const leaveSecond = enter('second');
    /** How it ends: a reset may be faster than the news of the connection. */
    const knock = async () => {
      const link = await connectTcp(place, 1000).catch(() => null);
      const arrival = await link?.read(2000);
      await link?.[Symbol.asyncDispose]();
      return arrival?.kind === 'closed' ? arrival.how : 'reset';
    };
    expect(await knock()).toBe('end');
    leaveSecond();
    leaveSecond();
    expect(await knock()).toBe('end');
    expect(came).toEqual(['second', 'first']);
    leaveFirst();
    expect(await knock()).toBe('reset');
  });

  it('tells its places apart', async () => {
    await using gate = await openGate([loopback, loopback], plain);
    const came = Promise.withResolvers<number>();
    gate.enter((end) => came.resolve(end));
    const [, second = loopback] = gate.places;
    await using _ = await connectTcp(second, 1000);
    expect(await came.promise).toBe(1);
  });

  it('is not opened where a place is taken, and takes no other', async () => {
    await using gate = await openGate([loopback], plain);
    const [taken = loopback] = gate.places;
    const free = await openGate([loopback], plain);
    const [place = loopback] = free.places;
    await free[Symbol.asyncDispose]();
    await expect(openGate([place, taken], plain)).rejects.toMatchObject({ code: 'usage' });
    await expect(connectTcp(place, 1000)).rejects.toMatchObject({ code: 'unreachable' });
  });
});
