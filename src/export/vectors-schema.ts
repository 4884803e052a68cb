import Type, { type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const Word = Type.String({ minLength: 1 });

const test = Type.Object(
  {
    tcId: Type.Integer({ minimum: 1 }),
    comment: Type.String({ description: 'What the frame says, in one line.' }),
    message: Type.Union([Word, Type.Null()], { description: 'As the model calls it.' }),
    frame: Type.String({ pattern: '^([0-9a-f]{2})+$', description: 'Hexadecimal.' }),
    result: Type.Enum(['valid', 'invalid', 'acceptable']),
    flags: Type.Array(Word, { description: 'Each is explained in `notes`.' }),
    requirement: Type.Union([Word, Type.Null()], { description: 'What it breaks first.' }),
    trace: Type.Integer({ minimum: 1, description: 'Which session it was said in.' }),
  },
  closed,
);

const group = Type.Object(
  {
    type: Type.Literal('FrameOf'),
    side: Type.String({ minLength: 1, description: 'Who said the frames.' }),
    dialect: Word,
    tests: Type.Array(test),
  },
  closed,
);

const note = Type.Object(
  {
    bugType: Type.String({ description: 'The kind of flaw.' }),
    description: Type.String(),
    links: Type.Array(Type.String({ description: 'Document and section.' })),
  },
  closed,
);

/** The JSON Schema of `qkdspec-vectors/1`, in the shape of Wycheproof's test vectors. */
export const vectorsSchema = Type.Object(
  {
    algorithm: Type.String({ minLength: 1, description: 'The protocol.' }),
    schema: Type.Literal('qkdspec-vectors/1'),
    numberOfTests: Type.Integer({ minimum: 0 }),
    header: Type.Array(Type.String()),
    notes: Type.Record(Type.String(), note),
    testGroups: Type.Array(group),
  },
  { ...closed, title: 'qkdspec vectors' },
);

export type Vectors = Static<typeof vectorsSchema>;
export type Vector = Static<typeof test>;
