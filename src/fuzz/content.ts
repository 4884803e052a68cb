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
