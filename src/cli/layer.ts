import type { TSchema } from 'typebox';
import type { TlsPaths } from '#src/contract/target.ts';
import { fits, validator } from '#src/wire/schema.ts';
import type { TargetFlags, TlsFlags } from './flags.ts';
import { profileMembers, type ProfileMembers } from './profile-members.ts';
import { hint, pair, usage } from './usage.ts';

/** Names of members, from the outermost in. */
export type MemberPath = readonly string[];

/** What one source says of a target, and where it says it. */
export interface Layer {
  /** The profile's name; `null` for the flags. */
  readonly name: string | null;
  readonly members: ProfileMembers;
  /** Before a complaint: the file and line, or the flag, of a member. */
  where(path: MemberPath): string;
}

/** What the flags say, as a profile says it. */
export function flagLayer(flags: TargetFlags): Layer {
  const { target, listen, protocol, side, dialect, safe, consent } = flags;
  const { start, stop, reset, restart, powerCycle } = flags;
  if (target !== undefined && listen !== undefined) {
    throw usage('--target and --listen exclude each other');
  }
  const url = listen === undefined ? target : `listen:${listen}`;
  const readings = (flags.reading ?? []).map((text) => pair(text, '--reading'));
  const options = (flags.option ?? []).map((text) => pair(text, '--option'));
  const timeouts = flags.timeout === undefined ? undefined : { replyMs: flags.timeout };
  const tls = tlsOf(flags);
  const budget = budgetOf(flags);
  const captures = flags.capture === true ? 'all' : undefined;
  const commands = { start, stop, reset, restart, powerCycle };
  const about = { target: url, protocol, side, dialect, timeouts, tls };
  const said = { ...about, ...commands, safe, consent, budget, captures };
  return layerOf(
    null,
    {
      ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
      readings: Object.fromEntries(readings),
      options: Object.fromEntries(options.map(([name, value]) => [name, literal(value)])),
    },
    ([member = '']) => `--${flagOf[member] ?? member}: `,
  );
}

/** What flags say of what a run may cost; `undefined` where they say nothing. */
function budgetOf(flags: TargetFlags): ProfileMembers['budget'] {
  const { maxKeys: keys, maxMessages: messages, maxMessagesPerSecond } = flags;
  const said = Object.entries({ keys, messages, messagesPerSecond: maxMessagesPerSecond });
  const given = said.filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** What flags say of TLS; `undefined` where they say nothing. */
export function tlsOf(flags: TlsFlags): TlsPaths | undefined {
  const { tlsCa: ca, tlsCert: cert, tlsKey: key, tlsInsecure: insecure } = flags;
  const said = Object.entries({ ca, cert, key, serverName: flags.tlsServerName, insecure });
  const given = said.filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

const flagOf: Readonly<Record<string, string>> = {
  readings: 'reading',
  options: 'option',
  timeouts: 'timeout',
  powerCycle: 'power-cycle',
};

/**
 * A layer of members that nobody has looked at yet.
 * @throws HarnessError `usage` with the place, naming the nearest member for an unknown one.
 */
export function layerOf(name: string | null, members: unknown, where: Layer['where']): Layer {
  if (!fits(profileMembers, members)) throw complaint(profileMembers, members, where);
  return { name, members, where };
}

/** The first thing wrong with a value, at its place. */
export function complaint(schema: TSchema, value: unknown, where: Layer['where']): Error {
  const [problem = { path: '', message: 'is wrong' }] = validator(schema)(value);
  const path = segments(problem.path);
  const unknown = problem.message === 'is no known member';
  const near = unknown ? `; ${hint(path.at(-1) ?? '', membersAt(schema, path.slice(0, -1)))}` : '';
  const what = path.length === 0 ? 'the profile' : `'${path.join('.')}'`;
  const choices = choicesAt(schema, path);
  if (choices.length > 0) {
    const said = JSON.stringify(path.reduce(member, value));
    return usage(`${where(path)}${what} must be one of ${choices.join(', ')}, not ${said}`);
  }
  return usage(`${where(path)}${what} ${problem.message}${near}`);
}

/** The segments of a JSON Pointer. @see RFC 6901 */
function segments(pointer: string): MemberPath {
  const written = pointer.split('/').slice(1);
  return written.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The members that a schema names at a place. */
export function membersAt(schema: TSchema, path: MemberPath): readonly string[] {
  return Object.keys(member(partAt(schema, path), 'properties') ?? {});
}

/** The values that a schema names at a place, where it names them all; texts before numbers. */
function choicesAt(schema: TSchema, path: MemberPath): readonly unknown[] {
  const anyOf = member(partAt(schema, path), 'anyOf');
  const values = Array.isArray(anyOf) ? anyOf.map((part: unknown) => member(part, 'const')) : [];
  if (values.includes(undefined)) return [];
  const texts = values.filter((value) => typeof value === 'string');
  return texts.length > 0 ? texts : values;
}

function partAt(schema: TSchema, path: MemberPath): unknown {
  return path.reduce<unknown>(
    (at, segment) => member(member(at, 'properties'), segment) ?? member(at, 'items'),
    schema,
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A value on the command line: JSON where it is some, else the text itself. */
function literal(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
