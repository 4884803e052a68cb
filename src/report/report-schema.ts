import Type from 'typebox';
import { verdictNames } from '#src/contract/verdict.ts';

const closed = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0 });
const Text = Type.String();
const maybe = (schema: Type.TSchema) => Type.Union([schema, Type.Null()]);
const names = Object.keys(verdictNames);

const Share = Type.Object({ hit: Count, total: Count }, closed);

const kinds = ['answer', 'content', 'frame', 'silence', 'closed', 'crash', 'hang', 'leak'];

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const standings = ['expectedFail', 'unexpectedPass', 'changed', 'expired'];

const Known = Type.Object(
  {
    standing: Type.Enum(standings),
    why: maybe(Text),
    reason: Text,
    expires: Day,
  },
  { ...closed, description: 'What the list of known failures says of it.' },
);

const Gate = Type.Object(
  {
    file: Text,
    entries: Count,
    unused: Type.Array(Type.Object({ id: Text, why: Text }, closed)),
    expired: Type.Array(Text),
  },
  { ...closed, description: 'How the run stood against a list of known failures.' },
);

const exitCodes = Type.Enum([0, 1, 2, 3, 4, 5, 130]);

const Scope = Type.Object(
  {
    selectors: Type.Array(Text),
    level: Text,
    every: Type.Boolean({ description: 'All that a run without wishes plays.' }),
    shard: maybe(
      Type.Object(
        {
          index: Type.Integer({ minimum: 1 }),
          of: Type.Integer({ minimum: 1 }),
          places: Type.Array(Count, { description: 'Of the results, in the whole run.' }),
        },
        closed,
      ),
    ),
    stopped: maybe(Type.Object({ exitCode: maybe(exitCodes), because: Text }, closed)),
  },
  { ...closed, description: 'Which part of everything it was about, and what ended it early.' },
);

const Result = Type.Object(
  {
    id: Type.String({ description: 'Stable: never positional, never reused.' }),
    version: Type.String({
      pattern: '^v[0-9a-f]{8}$',
      description: 'Another one where what the case demands has changed.',
    }),
    title: Text,
    protocol: Text,
    side: Type.String({ description: 'The side under test.' }),
    verdict: Type.Enum(names),
    kind: maybe(Type.Enum(kinds)),
    level: maybe(Type.Enum(['MUST', 'SHOULD', 'MAY'])),
    requirements: Type.Array(Text, { description: 'The broken one first.' }),
    citations: Type.Array(Text, { description: '<document>, <section>' }),
    reading: Type.Array(Text, {
      description: 'Readings other than the assumed ones that it takes.',
    }),
    expected: Type.Array(Type.Object({ outcome: Text, why: Text }, closed)),
    actual: maybe(Text),
    explanation: maybe(Text),
    messages: Count,
    durationMs: Type.Number({ minimum: 0 }),
    tries: Type.Object({ failed: Count, of: Count }, closed),
    trace: maybe(Type.String({ description: "File, relative to this report's folder." })),
    replay: Type.String({ description: 'The command that plays it again.' }),
    known: Type.Optional(Known),
  },
  closed,
);

const Found = Type.Object(
  {
    id: Type.String({ description: 'The same for the same defect, in every run.' }),
    requirement: Text,
    citation: Text,
    kind: Type.Enum(kinds),
    explanation: Text,
    expected: Type.Array(Text),
    actual: Text,
    messagesToDetection: Count,
    times: Count,
    minimalMessages: Count,
    seed: Type.Integer({ minimum: 0, description: 'Of the session that showed it.' }),
    trace: maybe(Type.String({ description: "File, relative to this report's folder." })),
    replay: Type.String({ description: 'The command that plays it again.' }),
  },
  closed,
);

const Fuzz = Type.Object(
  {
    messages: Count,
    messagesPerSecond: Type.Number({ minimum: 0 }),
    sessions: Count,
    triples: Type.Integer({ minimum: 0, description: 'Distinct (states, step, answer).' }),
    restarts: Count,
    findings: Type.Array(Found),
  },
  closed,
);

const summaryNames = [...names, 'expectedFail', 'unexpectedPass'];

/** The JSON Schema of `qkdspec-report/1`. */
export const reportSchema = Type.Object(
  {
    schema: Type.Literal('qkdspec-report/1'),
    tool: Type.Object({ name: Type.Literal('qkdspec'), version: Text, node: Text }, closed),
    seed: Count,
    target: Type.Object({ url: Text, side: Text, protocol: Text }, closed),
    profile: Type.Record(Text, Type.Unknown()),
    startedAt: Type.String({ format: 'date-time' }),
    durationMs: Type.Number({ minimum: 0 }),
    summary: Type.Object(Object.fromEntries(summaryNames.map((name) => [name, Count])), closed),
    coverage: Type.Object(
      {
        states: Share,
        transitions: Share,
        requirements: Share,
        reached: Type.Optional(
          Type.Object(
            {
              states: Type.Array(Text),
              transitions: Type.Array(Text),
              requirements: Type.Array(Text),
            },
            { ...closed, description: 'The names of what was hit.' },
          ),
        ),
      },
      closed,
    ),
    exit: Type.Object({ exitCode: exitCodes, because: Text }, closed),
    scope: Type.Optional(Scope),
    gate: Type.Optional(Gate),
    results: Type.Array(Result),
    notes: Type.Array(Type.Object({ requirement: Text, citation: Text, text: Text }, closed), {
      description: 'What a reader should know of what was spoken: nobody is judged by it.',
    }),
    fuzz: Type.Optional(Fuzz),
  },
  { ...closed, title: 'qkdspec report' },
);
