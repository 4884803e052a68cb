import { expect, it } from 'vitest';
import { referenceProfile } from '#src/bench/reference-profile.ts';
import { protocols } from '#src/protocols/index.ts';
import { reachTarget } from '#src/suite/reach.ts';

const limitMs = 20_000;

/** Sides that may speak at any time, of protocols with one connection a session. */
const places = protocols
  .filter(({ model, bundle }) => !model.turnTaking && bundle === undefined)
  .flatMap((protocol) => protocol.model.sides.map((side) => ({ protocol, side })));

it.each(places)(
  '$protocol.name: waiting for $side takes no time but its own',
  async ({ protocol, side }) => {
    const readings = {};
    const profile = referenceProfile(protocol, { side, mutant: null, readings, replyMs: null });
    await using reach = await reachTarget(protocol, profile, 1, { inMemory: true });
    const beganMs = performance.now();
    const link = await reach.link(limitMs);
    let arrival = await link.read(limitMs);
    while (arrival.kind === 'bytes') arrival = await link.read(limitMs);
    expect(arrival.kind).toBe('silence');
    expect(reach.clock?.nowMs()).toBeGreaterThanOrEqual(limitMs);
    expect(performance.now() - beganMs).toBeLessThan(limitMs / 4);
    await link[Symbol.asyncDispose]();
  },
);
