import type { Dice } from '#src/contract/fuzz.ts';

/** What a bent content is: another value, or text that no value of ours writes. */
export type BentContent =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** Values at the edges of what receivers expect. */
const edges: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  0.5,
  1e-9,
  1e308,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2n ** 53n + 1n,
  2n ** 64n,
  -(2n ** 63n) - 1n,
  '',
  ' ',
  '0',
  'é',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  'x'.repeat(5000),
  [],
  [[]],
  {},
  { a: 1 },
];
/** Literals that are no JSON value of ours, or not quite JSON. */
const literals: readonly string[] = [
  'NaN',
  'Infinity',
  '-Infinity',
  '1e400',
  '1'.repeat(4301),
  '['.repeat(2000) + ']'.repeat(2000),
  '01',
  '1.',
  "'x'",
  'undefined',
  'nul',
];
/** Lengths to which lists are grown. */
const lengths: readonly number[] = [2, 5, 100, 10_001];
/** Values of one content that are told apart when one of them is chosen. */
const maxPaths = 64;
const prototypeNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

/** Ways to bend a content, member by member: pure, total, same dice same content. */
export const contentOps: Readonly<
  Record<string, (content: unknown, write: (value: unknown) => string, dice: Dice) => BentContent>
> = {
  missing: (content, _, [at = 0]) => {
    const names = members(content);
    if (names.length === 0) return { kind: 'value', value: undefined };
    const gone = names[at % names.length];
    const kept = Object.entries(Object(content)).filter(([name]) => name !== gone);
    return { kind: 'value', value: Object.fromEntries(kept) };
  },
  replace: (content, _, [at = 0, edge = 0]) => {
    const value = edges[edge % edges.length];
    const name = members(content)[at % Math.max(1, members(content).length)];
    return { kind: 'value', value: name === undefined ? value : withMember(content, name, value) };
  },
  element: (content, _, [at = 0, edge = 0]) => {
    const lists = Object.entries(Object(content)).filter(([, value]) => Array.isArray(value));
    const [name, list] = lists[at % Math.max(1, lists.length)] ?? [];
    const value = edges[edge % edges.length];
    if (name === undefined || !Array.isArray(list)) return { kind: 'value', value };
    const bent = [...list, value];
    return { kind: 'value', value: withMember(content, name, bent) };
  },
  extra: (content, _, [which = 0, edge = 0]) => {
    const name = [...prototypeNames, 'x', '', '0'][which % 7] ?? 'x';
    return { kind: 'value', value: withMember(content, name, edges[edge % edges.length]) };
  },
  whole: (_, __, [edge = 0]) => ({ kind: 'value', value: edges[edge % edges.length] }),
  literal: (content, write, [at = 0, which = 0]) => {
    const literal = literals[which % literals.length] ?? 'NaN';
    const name = members(content)[at % Math.max(1, members(content).length)];
    if (name === undefined) return { kind: 'text', text: literal };
    const marked = write(withMember(content, name, 'QKDSPEC-LITERAL'));
    return { kind: 'text', text: marked.replace('"QKDSPEC-LITERAL"', literal) };
  },
  /** One value a little different: mostly still valid, so it is the meaning that is tried. */
  tweak: (content, _, [at = 0, how = 0]) => {
    const paths = [...pathsIn(content)];
    const path = paths[at % Math.max(1, paths.length)];
    if (path === undefined) return { kind: 'value', value: content };
    return { kind: 'value', value: changedAt(content, path, (value) => neighbour(value, how)) };
  },
  grow: (content, _, [at = 0, to = 0]) => {
    const paths = [...pathsIn(content)].filter((path) => Array.isArray(valueAt(content, path)));
    const path = paths[at % Math.max(1, paths.length)];
    if (path === undefined) return { kind: 'value', value: content };
    const length = lengths[to % lengths.length] ?? 0;
    const grown = (list: unknown) =>
      Array.isArray(list) ? Array.from({ length }, (__, index) => list[index % list.length]) : list;
    return { kind: 'value', value: changedAt(content, path, grown) };
  },
  cut: (content, write, [at = 0]) => {
    const text = write(content);
    return { kind: 'text', text: text.slice(0, at % Math.max(1, text.length)) };
  },
  trailingComma: (content, write) => ({
    kind: 'text',
    text: write(content).replace(/([}\]])$/, ',$1'),
  }),
  notUtf8: (content, write, [at = 0, byte = 0]) => {
    const bytes = Buffer.from(write(content), 'utf8');
    if (bytes.length > 0) bytes[at % bytes.length] = 0x80 | (byte % 128);
    return { kind: 'bytes', bytes };
  },
};

function members(content: unknown): readonly string[] {
  return typeof content === 'object' && content !== null ? Object.keys(content) : [];
}

function withMember(content: unknown, name: string, value: unknown): object {
  const entries = Object.entries(Object(content)).filter(([known]) => known !== name);
  return Object.fromEntries([...entries, [name, value]]);
}

type Path = readonly (string | number)[];

/** The way to every value inside a content, the whole first; the first of them, where it is large. */
function pathsIn(content: unknown): readonly Path[] {
  const paths: Path[] = [[]];
  for (const path of paths) {
    const value = valueAt(content, path);
    if (typeof value !== 'object' || value === null) continue;
    const keys = Array.isArray(value) ? value.slice(0, 4).map((_, index) => index) : members(value);
    for (const key of keys) if (paths.length < maxPaths) paths.push([...path, key]);
  }
  return paths;
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => Object(value)[key], content);
}

function changedAt(content: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(content);
  const changed = changedAt(Object(content)[key], rest, change);
  if (!Array.isArray(content)) return { ...Object(content), [key]: changed };
  return content.map((value: unknown, index) => (index === key ? changed : value));
}

/** A value of the same type, a little different. */
function neighbour(value: unknown, how: number): unknown {
  const among = (values: readonly unknown[]) => values[how % values.length];
  if (typeof value === 'number') {
    return among([0, value + 1, value - 1, -value, value * 2, value / 2, value * 1e6]);
  }
  if (typeof value === 'bigint') return among([0n, value + 1n, -value]);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') {
    return among([
      `${value}x`,
      value.slice(1),
      value.toUpperCase(),
      [...value].toReversed().join(''),
    ]);
  }
  if (!Array.isArray(value)) return value;
  return among([[], value.slice(1), value.slice(0, -1), value.toReversed(), [...value, ...value]]);
}
