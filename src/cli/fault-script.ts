import { readFile } from 'node:fs/promises';
import Type, { type Static } from 'typebox';
import type { Json } from '#src/base/json.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { readPath, type Path } from '#src/proxy/members.ts';
import type { Deed, Rule, Script } from '#src/proxy/script.ts';
import { fits } from '#src/wire/schema.ts';
import { complaint, type Layer } from './layer.ts';
import { oneOf, usage } from './usage.ts';
import { readYaml } from './yaml-text.ts';

const closed = { additionalProperties: false } as const;

/** What a script of faults may hold. */
export const scriptMembers = Type.Object(
  {
    faults: Type.Optional(
      Type.Array(
        Type.Object(
          {
            on: Type.Object(
              {
                message: Type.String({ description: "A message by the model's name, or any." }),
                by: Type.Optional(Type.String({ description: 'The side that says it.' })),
                nth: Type.Optional(
                  Type.Union([Type.Integer({ minimum: 1 }), Type.Literal('every')], {
                    description: 'Which of them, from 1; the first without it.',
                  }),
                ),
                session: Type.Optional(
                  Type.Integer({
                    minimum: 1,
                    description: 'In which session; in each without it.',
                  }),
                ),
              },
              closed,
            ),
            do: Type.Unknown({
              description:
                'A deed, or a list of them: a word, or { word: value }. See fixtures/proxy.',
              examples: [
                'drop',
                { delay: 500 },
                { set: { 'content.index': 7 } },
                { swap: 'items' },
              ],
            }),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);

type Written = NonNullable<Static<typeof scriptMembers>['faults']>[number];

/**
 * Reads a script of faults.
 * @throws HarnessError `usage` with file and line, naming the nearest word for an unknown one.
 */
export async function scriptOf(file: string, protocol: Protocol): Promise<Script> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw usage(`cannot read the script: ${cause.message}`, { cause });
  });
  return readScript(text, file, protocol);
}

/** The script in a text; `file` is for complaints. */
export function readScript(text: string, file: string, protocol: Protocol): Script {
  const { value, lineOf } = readYaml(text, file);
  const where: Layer['where'] = (path) => `${file}:${lineOf(path)}: `;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw usage(`${where([])}a script is faults: and a list of them`);
  }
  if (!fits(scriptMembers, value)) throw complaint(scriptMembers, value, where);
  const { faults = [] } = value;
  if (faults.length === 0) throw usage(`${where([])}the script has no faults`);
  return {
    rules: faults.map((fault, at) => {
      const here = (...path: readonly string[]) => where(['faults', String(at), ...path]);
      return ruleOf(fault, { protocol, here });
    }),
  };
}

interface Place {
  readonly protocol: Protocol;
  readonly here: (...path: readonly string[]) => string;
}

function ruleOf({ on, do: done }: Written, place: Place): Rule {
  const { protocol, here } = place;
  const { message, by = null, nth = 1, session = null } = on;
  const { messages, sides } = protocol.model;
  const known = [...Object.keys(messages), 'any'];
  oneOf(message, { known, what: `message of ${protocol.name}`, where: here('on', 'message') });
  if (by !== null) {
    oneOf(by, { known: sides, what: `side of ${protocol.name}`, where: here('on', 'by') });
    const row = messages[message];
    if (row !== undefined && !row.saidBy.includes(by)) {
      throw usage(`${here('on', 'by')}${by} never says ${message}: ${row.saidBy.join(', ')} does`);
    }
  }
  const list: readonly unknown[] = Array.isArray(done) ? done : [done];
  if (list.length === 0) throw usage(`${here('do')}nothing is to be done`);
  return { on: { message, by, nth, session }, deeds: list.map((one) => deedOf(one, place)) };
}

const plain = ['drop', 'duplicate', 'hold', 'close', 'reset'] as const;

/** Deeds with a value, and what each makes of it. */
const valued: Readonly<Record<string, (value: unknown, place: Place) => Deed>> = {
  delay: (value, { here }) => ({ do: 'delay', ms: whole(value, here, 'delay takes milliseconds') }),
  truncate: (value, { here }) => ({
    do: 'truncate',
    bytes: whole(value, here, 'truncate takes how many bytes are left'),
  }),
  corrupt: (value, place) => ({
    do: 'corrupt',
    at:
      typeof value === 'number'
        ? whole(value, place.here, 'corrupt takes an offset')
        : pathOf(value, place),
  }),
  set: (value, place) => ({
    do: 'set',
    members: Object.entries(objectOf(value, place, 'set takes members and their values')).map(
      ([at, one]) => ({ at: pathOf(at, place), value: one }),
    ),
  }),
  remove: (value, place) => ({
    do: 'remove',
    members: (Array.isArray(value) ? value : [value]).map((one) => pathOf(one, place)),
  }),
  swap: (value, place) => ({ do: 'swap', members: swapOf(value, place) }),
  replay: (value, place) => {
    if (typeof value === 'string') return { do: 'replayMember', at: pathOf(value, place) };
    const said = objectOf(value, place, 'replay takes a member, or message: <name>');
    const { message, ...rest } = said;
    const [odd] = Object.keys(rest);
    const { messages } = place.protocol.model;
    if (odd !== undefined)
      oneOf(odd, { known: ['message'], what: 'member', where: place.here('do') });
    if (typeof message !== 'string') throw usage(`${place.here('do')}replay names no message`);
    oneOf(message, { known: Object.keys(messages), what: 'message', where: place.here('do') });
    return { do: 'replayMessage', message };
  },
};

function deedOf(done: unknown, place: Place): Deed {
  const where = place.here('do');
  const known = [...plain, ...Object.keys(valued)];
  if (typeof done === 'string') {
    const word = oneOf(done, { known, what: 'deed', where });
    const found = plain.find((one) => one === word);
    if (found === undefined) throw usage(`${where}${word} takes a value: do: { ${word}: … }`);
    return { do: found };
  }
  const entries = Object.entries(objectOf(done, place, 'a deed is a word, or { word: value }'));
  const [[name, value] = ['', null]] = entries;
  if (entries.length !== 1) throw usage(`${where}a deed has one word; several are a list`);
  oneOf(name, { known, what: 'deed', where });
  const made = valued[name];
  if (made === undefined) throw usage(`${where}${name} takes no value: do: ${name}`);
  return made(value, place);
}

function swapOf(value: unknown, place: Place): readonly [Path] | readonly [Path, Path] {
  if (!Array.isArray(value)) return [pathOf(value, place)];
  const [left, right] = value;
  if (value.length !== 2) throw usage(`${place.here('do')}swap takes a list's path, or two paths`);
  return [pathOf(left, place), pathOf(right, place)];
}

/** A path of members; `items` stands for where the room has them. */
function pathOf(value: unknown, { protocol, here }: Place): Path {
  const where = here('do');
  const { rewriting } = protocol;
  if (rewriting === undefined)
    throw usage(`${where}frames of ${protocol.name} have no members here`);
  const text = value === 'items' ? (rewriting.items ?? value) : value;
  const path = typeof text === 'string' ? readPath(text) : null;
  if (path === null)
    throw usage(`${where}'${String(value)}' is no path of members, such as a.b[0]`);
  return path;
}

function whole(value: unknown, here: Place['here'], what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw usage(`${here('do')}${what}, a whole number, not ${JSON.stringify(value)}`);
}

function objectOf(value: unknown, { here }: Place, what: string): Record<string, Json> {
  if (isObject(value)) return value;
  throw usage(`${here('do')}${what}, not ${JSON.stringify(value)}`);
}

/** What YAML reads is JSON. */
function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
