import { __version as fastCheckVersion } from 'fast-check';
import Type, { type Static } from 'typebox';
import type { Finding } from '#src/contract/finding.ts';
import type { Deviation, Step } from '#src/contract/fuzz.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { fits, validator } from '#src/wire/schema.ts';
import { operations } from './deviate.ts';

const closed = { additionalProperties: false } as const;
const Word = Type.String({ minLength: 1 });
const Number32 = Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 });

/** One step, as it is stored. */
export const StepSchema = Type.Union([
  Type.Object(
    {
      do: Type.Literal('say'),
      message: Word,
      variant: Type.Integer({ minimum: 0 }),
      deviation: Type.Optional(
        Type.Object(
          {
            level: Type.Union([
              Type.Literal('bytes'),
              Type.Literal('frame'),
              Type.Literal('content'),
            ]),
            op: Word,
            dice: Type.Array(Number32),
          },
          closed,
        ),
      ),
      hasty: Type.Optional(Type.Literal(true)),
      pieces: Type.Optional(Type.Array(Number32)),
      due: Type.Optional(Type.Literal(true)),
    },
    closed,
  ),
  Type.Object({ do: Type.Literal('repeat'), back: Type.Integer({ minimum: 0 }) }, closed),
  Type.Object(
    {
      do: Type.Literal('reconnect'),
      how: Type.Union([Type.Literal('end'), Type.Literal('reset')]),
    },
    closed,
  ),
  Type.Object({ do: Type.Literal('hear') }, closed),
]);

const schemaName = 'qkdspec-seed/1';

/** One stored finding: the steps are the truth, everything behind them is for the record. */
export const seedSchema = Type.Object(
  {
    schema: Type.Literal(schemaName),
    id: Word,
    protocol: Word,
    side: Type.String({ minLength: 1, description: 'The side under test.' }),
    dialect: Word,
    readings: Type.Record(Type.String(), Type.String(), { description: 'Those that were pinned.' }),
    options: Type.Record(Type.String(), Type.Unknown()),
    requirement: Word,
    kind: Word,
    steps: Type.Array(StepSchema),
    sessionSeed: Number32,
    bytes: Type.Array(Type.String({ pattern: '^([0-9a-f]{2})*$' }), {
      description: 'Each frame as it was sent, hexadecimal, for the record.',
    }),
    tool: Type.Object({ name: Type.Literal('qkdspec'), version: Word, fastCheck: Word }, closed),
    provenance: Type.Object(
      {
        target: Type.String(),
        note: Type.String({ description: 'Which version of the target it was.' }),
        campaignSeed: Number32,
      },
      closed,
    ),
  },
  { ...closed, title: 'qkdspec seed' },
);

/** A stored finding, as it is written: one line of JSON. */
export type Seed = Omit<Static<typeof seedSchema>, 'steps'> & { readonly steps: readonly Step[] };

/** Where a finding comes from. */
export interface Origin {
  readonly profile: Profile;
  readonly campaignSeed: number;
  /** URL of the target. */
  readonly target: string;
  /** Which version of the target it is, for people. */
  readonly note: string;
  /** Of this tool. */
  readonly version: string;
}

/** A finding as a seed. */
export function seedOf(finding: Finding, origin: Origin): Seed {
  const { id, requirement, kind, steps, sessionSeed, trace } = finding;
  const { profile, target, note, campaignSeed, version } = origin;
  const { protocol, side, dialect, readings, options } = profile;
  return {
    schema: schemaName,
    id,
    protocol,
    side,
    dialect,
    readings: { ...readings },
    options: { ...options },
    requirement,
    kind,
    steps,
    sessionSeed,
    bytes: trace.events.flatMap((event) =>
      event.kind === 'sent' ? [Buffer.from(event.bytes).toString('hex')] : [],
    ),
    tool: { name: 'qkdspec', version, fastCheck: fastCheckVersion },
    provenance: { target, note, campaignSeed },
  };
}

/** One line, with its end. */
export function writeSeed(seed: Seed): string {
  return `${JSON.stringify(seed)}\n`;
}

/** What a file of seeds holds: those that can be used, and what is wrong with the other lines. */
export interface SeedFile {
  readonly seeds: readonly Seed[];
  /** `<file>:<line>: …`, one for each line that is no seed. */
  readonly problems: readonly string[];
}

/** Reads seeds, one a line; empty lines are none. Never throws. */
export function readSeeds(
  text: string,
  { file, protocols }: { readonly file: string; readonly protocols: readonly Protocol[] },
): SeedFile {
  const seeds: Seed[] = [];
  const problems: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = readSeed(line, protocols);
    if (typeof read === 'string') problems.push(`${file}:${index + 1}: ${read}`);
    else seeds.push(read);
  }
  return { seeds, problems };
}

/** A seed, or what is wrong with the line. */
function readSeed(line: string, protocols: readonly Protocol[]): Seed | string {
  const value = parsed(line);
  if (value === undefined) return 'it is not JSON';
  const written = member(value, 'schema');
  if (written !== schemaName) {
    const told = typeof written === 'string' ? `it is '${written}'` : 'it names no schema';
    return `${told}; expected '${schemaName}'`;
  }
  if (!fits(seedSchema, value)) {
    const [problem = { path: '', message: 'is no seed' }] = validator(seedSchema)(value);
    return `${problem.path.slice(1) || 'it'} ${problem.message}`;
  }
  const protocol = protocols.find(({ name }) => name === value.protocol);
  if (protocol === undefined) {
    const known = protocols.map(({ name }) => name).join(', ');
    return `it is of protocol '${value.protocol}'; expected ${known}`;
  }
  const seed = { ...value, steps: value.steps.map(stepOf) };
  return unknownWord(seed, protocol) ?? seed;
}

/** The first word that the protocol does not have any more. */
function unknownWord(seed: Seed, protocol: Protocol): string | null {
  const { model, dialects, fuzzing } = protocol;
  if (!model.sides.includes(seed.side)) return `${protocol.name} has no side '${seed.side}'`;
  if (!Object.hasOwn(dialects, seed.dialect)) return `there is no dialect '${seed.dialect}'`;
  const known = operations(fuzzing);
  for (const step of seed.steps) {
    if (step.do !== 'say') continue;
    if (!Object.hasOwn(model.messages, step.message))
      return `there is no message '${step.message}'`;
    const { deviation } = step;
    if (deviation === undefined || known.some((one) => isOf(one, deviation))) continue;
    return `there is no way to bend called '${deviation.level}/${deviation.op}'`;
  }
  return null;
}

function isOf(one: Pick<Deviation, 'level' | 'op'>, deviation: Deviation): boolean {
  return one.level === deviation.level && one.op === deviation.op;
}

/** A step that was read, without members that are present and undefined. */
export function stepOf(step: Static<typeof StepSchema>): Step {
  if (step.do !== 'say') return step;
  const { deviation, hasty, pieces, due, ...plain } = step;
  return {
    ...plain,
    ...(deviation === undefined ? {} : { deviation }),
    ...(hasty === undefined ? {} : { hasty }),
    ...(pieces === undefined ? {} : { pieces }),
    ...(due === undefined ? {} : { due }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
