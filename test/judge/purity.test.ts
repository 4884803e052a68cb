import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import type { Verdict } from '#src/contract/verdict.ts';
import { judge } from '#src/judge/judge.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { readTrace, writeTrace } from '#src/report/trace-file.ts';
import { Script } from './script.ts';

const traces: Readonly<Record<string, Trace>> = {
  'that passes': new Script().exchanged().trace(),
  'that fails': new Script().bob('identificationRequest').alice('qieReady').trace(),
  'that takes a reading': new Script()
    .identified()
    .bob('initializationRequest')
    .alice('initializationAccepted')
    .bob('qieRequest')
    .alice('qieReady')
    .bob('qieRequest')
    .alice('qieReady')
    .trace(),
  'of a wrong frame': new Script()
    .identified()
    .bob('initializationRequest', { frame: { challenge: 'stale' } })
    .alice('initializationAccepted')
    .trace(),
};

describe.each(Object.entries(traces))('a verdict on a trace %s', (_, trace) => {
  const first = comparable(judge(qosst, trace));

  it('is the same a second time', () => {
    expect(comparable(judge(qosst, trace))).toEqual(first);
  });

  it('is the same after every other trace was judged', () => {
    for (const other of Object.values(traces)) judge(qosst, other);
    expect(comparable(judge(qosst, trace))).toEqual(first);
  });

  it('is the same for a trace that was stored and read again', () => {
    const read = readTrace(writeTrace(trace));
    expect(read.ok && comparable(judge(qosst, read.trace))).toEqual(first);
  });

  it('is the same however the bytes were cut into segments', () => {
    const events = trace.events.flatMap((event): readonly TraceEvent[] => {
      if (!('bytes' in event)) return [event];
      const { bytes } = event;
      return [bytes.subarray(0, 3), bytes.subarray(3)].map((part) => ({ ...event, bytes: part }));
    });
    const cut = { ...trace, events };
    const { violation, ...rest } = comparable(judge(qosst, cut));
    const { violation: expected, ...others } = first;
    expect(rest).toEqual(others);
    expect(violation?.explanation).toEqual(expected?.explanation);
  });

  it('does not change the trace', () => {
    const before = writeTrace(trace);
    judge(qosst, trace);
    expect(writeTrace(trace)).toBe(before);
  });
});

function comparable({ coverage, ...verdict }: Verdict) {
  const { states, transitions } = coverage;
  return { ...verdict, states: [...states].sort(), transitions: [...transitions].sort() };
}
