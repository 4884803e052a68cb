import Type, { type Static } from 'typebox';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import { fits, validator } from '#src/wire/schema.ts';

const closed = { additionalProperties: false } as const;
const atMs = Type.Number({ minimum: 0 });
const event = Type.Union([
  Type.Object({ kind: Type.Literal('opened'), atMs }, closed),
  Type.Object(
    {
      kind: Type.Enum(['sent', 'received']),
      bytes: Type.String({ pattern: '^([0-9a-f]{2})*$', description: 'Hexadecimal.' }),
      atMs,
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('closed'),
      by: Type.Enum(['peer', 'player']),
      how: Type.Enum(['end', 'reset', 'refused']),
      atMs,
    },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('silence'), waitedMs: Type.Number({ minimum: 0 }), atMs },
    closed,
  ),
  Type.Object({ kind: Type.Literal('omitted'), note: Type.String(), atMs }, closed),
]);

/** The JSON Schema of `qkdspec-trace/1`. */
export const traceSchema = Type.Object(
  {
    schema: Type.Literal('qkdspec-trace/1'),
    protocol: Type.String(),
    dialect: Type.String(),
    peer: Type.String({ description: 'The side under test.' }),
    options: Type.Record(Type.String(), Type.Unknown()),
    seed: Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 }),
    events: Type.Array(event),
  },
  { ...closed, title: 'qkdspec trace' },
);

/** A trace as JSON with hexadecimal bytes, one event a line. */
export function writeTrace(trace: Trace): string {
  const { events, ...about } = trace;
  const head = JSON.stringify({ schema: 'qkdspec-trace/1', ...about }, null, 2).slice(0, -2);
  const lines = events.map((one) => `\n    ${JSON.stringify(written(one))}`);
  return `${head},\n  "events": [${lines.join(',')}\n  ]\n}\n`;
}

/** Reads what `writeTrace` wrote; says what is wrong with anything else. */
export function readTrace(
  text: string,
): { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly problem: string } {
  const value = parsed(text);
  if (value === undefined) return { ok: false, problem: 'it is not JSON' };
  if (!fits(traceSchema, value)) return { ok: false, problem: firstProblem(value) };
  const { schema: _, events, ...about } = value;
  return { ok: true, trace: { ...about, events: events.map(read) } };
}

function written(one: TraceEvent): Static<typeof event> {
  if (!('bytes' in one)) return one;
  return { ...one, bytes: Buffer.from(one.bytes).toString('hex') };
}

function read(one: Static<typeof event>): TraceEvent {
  if (!('bytes' in one)) return one;
  return { ...one, bytes: new Uint8Array(Buffer.from(one.bytes, 'hex')) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Which event is none, without what each kind of event would want; or what else is wrong. */
function firstProblem(value: unknown): string {
  const [problem = { path: '', message: 'is no trace' }] = validator(traceSchema)(value);
  const [, index] = /^\/events\/(\d+)/.exec(problem.path) ?? [];
  if (index !== undefined) return `event ${index} is none that a trace can hold`;
  return `${problem.path.slice(1) || 'it'} ${problem.message}`;
}
