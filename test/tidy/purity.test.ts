import { describe, expect, it } from 'vitest';
import { modules, type Module } from './sources.ts';

const machinery = modules('models', 'src');

/** Where time, chance, the system and the screen may be touched. */
const edges = [
  ...['src/base/', 'src/transport/', 'src/optics/device.ts', 'src/cli/', 'src/doors/'],
];

const impure = {
  clock: /(?<![.\w])(?:Date|performance)\b|(?<![.\w])set(?:Timeout|Interval|Immediate)\b/,
  chance: /\bMath\.random\b|\brandom(?:UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b/,
  system: /(?<![.\w])process\b|(?<![.\w])(?:fetch|WebSocket|navigator|globalThis)\b/,
  console: /(?<![.\w])console\b/,
} as const;

/** An import or export clause: its `as` renames, it does not cast. */
const clause =
  /\b(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*\s+as\s+[\w$]+)/g;

const looseTypes = {
  any: /(?<![.\w])any\b(?!\s*[:(])/,
  'as (not as const)': /[\w$)\]}>']\s+as\s+(?!const\b)[\w$({['"]/,
  '!': /[\w$)\]]!(?![=\w])/,
  satisfiesNothing: /@ts-(?:ignore|nocheck|expect-error)/,
} as const;

describe('everything outside base, transport, the device, the doors and the command line', () => {
  const pure = machinery.filter(({ path }) => !edges.some((edge) => path.startsWith(edge)));

  it('was read', () => expect(pure.length).toBeGreaterThan(80));

  it.each(Object.entries(impure))('touches no %s', (_, pattern) => {
    expect(offenders(pure, pattern)).toEqual([]);
  });
});

describe('every module outside base and the language of the models', () => {
  const strict = machinery
    .filter(({ path }) => !path.startsWith('src/base/') && !path.startsWith('models/language/'))
    .map((module) => ({ ...module, code: module.code.replaceAll(clause, ' ') }));

  it('was read', () => expect(strict.length).toBeGreaterThan(100));

  it.each(Object.entries(looseTypes))('has no %s', (_, pattern) => {
    expect(offenders(strict, pattern)).toEqual([]);
  });
});

describe('the search itself', () => {
  it.each([
    ['clock', 'const at = Date.now();'],
    ['clock', 'await new Promise((done) => setTimeout(done, 1));'],
    ['chance', 'const x = Math.random();'],
    ['system', 'process.env.HOME'],
    ['console', 'console.log(1)'],
  ] as const)('finds %s in: %s', (kind, code) => expect(code).toMatch(impure[kind]));

  it.each([
    ['any', 'let x: any = 1;'],
    ['any', 'Array<any>'],
    ['as (not as const)', 'const x = y as string;'],
    ['as (not as const)', '({ ...y }) as never'],
    ['!', 'first!.second'],
    ['!', 'list[0]!;'],
  ] as const)('finds %s in: %s', (kind, code) => expect(code).toMatch(looseTypes[kind]));

  it.each(['if (!x) y !== z;', 'const a = [1] as const;', 'member.any(x)', 'basic as_ x'])(
    'finds nothing in: %s',
    (code) => {
      for (const pattern of Object.values(looseTypes)) expect(code).not.toMatch(pattern);
    },
  );
});

function offenders(among: readonly Module[], pattern: RegExp): readonly string[] {
  return among.flatMap(({ path, code }) => {
    const found = pattern.exec(code);
    if (found === null) return [];
    const around = code.slice(Math.max(0, found.index - 30), found.index + 40);
    return [`${path}: ${around.replaceAll(/\s+/g, ' ').trim()}`];
  });
}
