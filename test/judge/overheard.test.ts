import { describe, expect, it } from 'vitest';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace } from '#src/contract/trace.ts';
import { Listener } from '#src/judge/assess.ts';
import { judge, overheard } from '#src/judge/judge.ts';
import { protocols } from '#src/protocols/index.ts';
import { duet } from '#src/suite/duet.ts';

const { signal } = new AbortController();

/** What a listener makes of a trace, event by event as it comes. */
function heard(protocol: Protocol, trace: Trace) {
  const settings = settingsFor(protocol, { options: trace.options });
  const chart = chartOf(protocol.model.session);
  const listener = new Listener(protocol, trace.peer, { chart, settings });
  for (const [at, event] of trace.events.entries()) listener.judge(event, at);
  return overheard(listener, trace.events.length);
}

describe('a verdict on what was heard as it came', () => {
  it.each(protocols.map((protocol) => [protocol.name, protocol] as const))(
    'is that of the judge on the whole trace, for both sides of %s',
    async (_, protocol) => {
      const settings = settingsFor(protocol);
      const { traces } = await duet({ protocol, settings, seed: 42, signal, watch: () => {} });
      for (const trace of Object.values(traces)) {
        expect(heard(protocol, trace)).toEqual(judge(protocol, trace));
        expect(judge(protocol, trace).verdict).toBe('pass');
      }
    },
  );

  it('is none where only the whole shows what is wrong: the judge tries other readings', async () => {
    const [protocol] = protocols;
    const [requirement] = Object.values(protocol?.model.requirements ?? {});
    if (protocol === undefined || requirement === undefined) throw new Error('no protocol');
    const settings = settingsFor(protocol);
    const { traces } = await duet({ protocol, settings, seed: 42, signal, watch: () => {} });
    const strict = { ...protocol, audits: [{ requirement, check: () => ({ at: 1, detail: '' }) }] };
    for (const trace of Object.values(traces)) expect(heard(strict, trace)).toBeNull();
  });
});
