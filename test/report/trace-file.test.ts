import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import { readTrace, traceSchema, writeTrace } from '#src/report/trace-file.ts';
import { emptyTrace } from './example.ts';

const ms = fc.double({ min: 0, max: 1e9, noNaN: true }).map(Math.abs);
const event: fc.Arbitrary<TraceEvent> = fc.oneof(
  fc.record({ kind: fc.constant('opened' as const), atMs: ms }),
  fc.record({
    kind: fc.constantFrom('sent' as const, 'received' as const),
    bytes: fc.uint8Array(),
    atMs: ms,
  }),
  fc.record({
    kind: fc.constant('closed' as const),
    by: fc.constantFrom('peer' as const, 'player' as const),
    how: fc.constantFrom('end' as const, 'reset' as const, 'refused' as const),
    atMs: ms,
  }),
  fc.record({ kind: fc.constant('silence' as const), waitedMs: ms, atMs: ms }),
  fc.record({ kind: fc.constant('omitted' as const), note: fc.string(), atMs: ms }),
);
const trace: fc.Arbitrary<Trace> = fc.record({
  protocol: fc.string(),
  dialect: fc.string(),
  peer: fc.string(),
  options: fc.dictionary(
    fc.string().filter((name) => name !== '__proto__'),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    { noNullPrototype: true },
  ),
  seed: fc.nat(),
  events: fc.array(event),
});

describe('a trace file', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(trace, (one) => {
        expect(readTrace(writeTrace(one))).toEqual({ ok: true, trace: one });
      }),
    );
  });

  it('shows its bytes in hexadecimal, one event a line', () => {
    const events = [
      { kind: 'opened', atMs: 0 },
      { kind: 'sent', bytes: Uint8Array.of(0, 255), atMs: 1.5 },
    ] as const;
    expect(writeTrace({ ...emptyTrace, events })).toContain(
      '  "events": [\n    {"kind":"opened","atMs":0},\n    {"kind":"sent","bytes":"00ff","atMs":1.5}\n  ]\n',
    );
  });

  it.each([
    ['', 'it is not JSON'],
    ['null', 'it must be object'],
    ['{}', "it must have required property 'schema'"],
    [text({ schema: 'qkdspec-trace/2' }), 'schema must be "qkdspec-trace/1"'],
    [text({ seed: 1.5 }), 'seed must be integer'],
    [text({ more: 1 }), 'more is no known member'],
    [text({ events: [{ kind: 'opened', atMs: 0 }, { kind: 'closed' }] }), /^event 1 is none/],
    [text({ events: [{ kind: 'sent', atMs: 0, bytes: 'abc' }] }), /^event 0 is none/],
    [text({ events: [{ kind: 'sent', atMs: 0, bytes: 'zz' }] }), /^event 0 is none/],
    [text({ events: [{ kind: 'opened', atMs: -1 }] }), /^event 0 is none/],
  ])('%s is no trace', (corrupt, problem) => {
    const read = readTrace(corrupt);
    expect(read.ok ? '' : read.problem).toMatch(problem);
  });

  it('never throws, whatever is cut out of it', () => {
    const whole = writeTrace({ ...emptyTrace, events: [{ kind: 'opened', atMs: 1 }] });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(9), (at, count) => {
        expect(typeof readTrace(whole.slice(0, at) + whole.slice(at + count)).ok).toBe('boolean');
      }),
    );
  });

  it('has a JSON Schema', async () => {
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...traceSchema };
    const file = '../../fixtures/schemas/trace.schema.json';
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(file);
  });
});

function text(changes: object): string {
  return JSON.stringify({ schema: 'qkdspec-trace/1', ...emptyTrace, ...changes });
}
