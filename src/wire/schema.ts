import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Static, TSchema } from 'typebox';

/** One way in which a value does not fit its schema. */
export interface Problem {
  /** JSON Pointer to the member that is wrong, `''` for the value itself. */
  readonly path: string;
  /** What is expected there, in one line: `must be integer`. */
  readonly message: string;
}

/** Problems of one value that are told. */
const problemLimit = 32;

/** Levels below which a value is taken as it is: no schema of ours looks so deep. */
const depthLimit = 1000;

const compiled = new WeakMap<TSchema, (value: unknown) => readonly Problem[]>();

/**
 * What finds the problems of a value, none where it fits; compiled once for each schema object.
 * Never throws. A `bigint` counts as an integer, compared as the nearest double; NaN and the
 * infinities count as numbers.
 */
export function validator(schema: TSchema): (value: unknown) => readonly Problem[] {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const validate = newAjv().compile(schema);
  const find = (value: unknown) => problemsOf(validate, withoutBigint(value, 0));
  compiled.set(schema, find);
  return find;
}

/** True where a value fits its schema. */
export function fits<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
): value is Static<Schema> {
  return validator(schema)(value).length === 0;
}

/** One a schema: it keeps what it compiles alive. The schemas are ours and not validated again. */
function newAjv(): Ajv2020 {
  return new Ajv2020({
    allErrors: true,
    /** Errors with the schema that they break: a bound is told with the other one. */
    verbose: true,
    strictNumbers: false,
    validateSchema: false,
    validateFormats: false,
    meta: false,
  });
}

function problemsOf(validate: ValidateFunction, value: unknown): readonly Problem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, problemLimit).map(problemOf);
}

function problemOf(error: ErrorObject): Problem {
  const path = error.instancePath;
  const { params, keyword, parentSchema = {}, message = 'is wrong' } = error;
  switch (keyword) {
    case 'minimum':
    case 'maximum': {
      const { minimum, maximum } = parentSchema;
      const isRange = minimum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
      return { path, message: isRange ? `must be from ${minimum} to ${maximum}` : message };
    }
    case 'additionalProperties':
      return {
        path: `${path}/${escaped(params['additionalProperty'])}`,
        message: 'is no known member',
      };
    case 'enum':
      return { path, message: `must be one of ${JSON.stringify(params['allowedValues'])}` };
    case 'const':
      return { path, message: `must be ${JSON.stringify(params['allowedValue'])}` };
    default:
      return { path, message };
  }
}

/** One segment of a JSON Pointer. @see RFC 6901 */
function escaped(segment: unknown): string {
  return String(segment).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The same value where it holds no bigint, else a copy with numbers in their place. */
function withoutBigint(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (!isRecord(value) || depth >= depthLimit) return value;
  return Array.isArray(value) ? listWithout(value, depth) : recordWithout(value, depth);
}

type Members = Readonly<Record<string, unknown>>;

/** Also a list has members. */
function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

function listWithout(list: readonly unknown[], depth: number): readonly unknown[] {
  /** Symbols of a frame, a million of them: `every` takes half the time of the loop. */
  if (list.every((item) => typeof item === 'number')) return list;
  let copy: unknown[] | null = null;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index];
    if (typeof item !== 'object' && typeof item !== 'bigint') continue;
    const plain = withoutBigint(item, depth + 1);
    if (plain === item) continue;
    copy ??= [...list];
    copy[index] = plain;
  }
  return copy ?? list;
}

function recordWithout(record: Members, depth: number): object {
  let copy: Record<string, unknown> | null = null;
  for (const name of Object.keys(record)) {
    const member = record[name];
    const plain = withoutBigint(member, depth + 1);
    if (plain === member) continue;
    copy ??= { ...record };
    copy[name] = plain;
  }
  return copy ?? record;
}
