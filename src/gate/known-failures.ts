import Type, { type Static } from 'typebox';

const closed = { additionalProperties: false } as const;

const knownFailure = Type.Object(
  {
    id: Type.String({ minLength: 1, description: 'Of the case, as reports name it.' }),
    version: Type.String({
      pattern: '^v[0-9a-f]{8}$',
      description: 'What the case demanded, as `version` in the report.',
    }),
    verdict: Type.Union([Type.Literal('fail'), Type.Literal('flaky'), Type.Literal('untestable')], {
      description: '`flaky` may pass, fail, or not show at all.',
    }),
    message: Type.String({
      minLength: 1,
      description: '<requirement> (<kind>): <what came>; `*` stands for anything.',
    }),
    reason: Type.String({ minLength: 1, description: 'Why it is known: a ticket, a version.' }),
    expires: Type.String({
      pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
      description: 'The last day on which it counts.',
    }),
  },
  { ...closed, description: 'One known failure.' },
);

/** The JSON Schema of `qkdspec-baseline/1`. */
export const baselineSchema = Type.Object(
  {
    schema: Type.Literal('qkdspec-baseline/1'),
    protocol: Type.String(),
    side: Type.String({ description: 'The side under test.' }),
    failures: Type.Array(knownFailure, { description: 'Sorted by id, each once.' }),
  },
  { ...closed, title: 'qkdspec baseline', description: 'Known failures of one target.' },
);

/** One known failure of a target. */
export type KnownFailure = Static<typeof knownFailure>;

/** The known failures of one target. */
export type KnownFailures = Static<typeof baselineSchema>;

/** True where a day has gone by. Both `YYYY-MM-DD`. */
export function isOver({ expires }: Pick<KnownFailure, 'expires'>, today: string): boolean {
  return today > expires;
}

/** True for the id of a finding: campaigns answer for these, suites for the others. */
export function isFinding(id: string): boolean {
  return id.split('/')[1] === 'fuzz';
}
