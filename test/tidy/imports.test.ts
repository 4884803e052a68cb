import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modules, root, type Module } from './sources.ts';

const rooms = [...new Set(modules('models').map(({ path }) => path.split('/')[1] ?? ''))].filter(
  (name) => name !== 'language',
);

/**
 * Who may import whom, by layer. `chart` stands between the contract and those who walk a machine
 * (play, judge, suite, fuzz); `suite` composes play and judge into runs, `fuzz` into campaigns,
 * `bench` measures both.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'models/language': [],
  'src/base': [],
  'src/wire': ['src/base'],
  'src/contract': ['src/base', 'src/wire', 'models/language'],
  'src/chart': ['src/base', 'src/contract', 'models/language'],
  'src/transport': ['src/base', 'src/contract'],
  'src/optics': ['src/base', 'src/contract'],
  'src/post-processing': ['src/base', 'src/contract'],
  'src/play': ['src/base', 'src/contract', 'src/chart', 'src/transport', 'models/language'],
  'src/judge': ['src/base', 'src/contract', 'src/chart', 'models/language'],
  'src/exhibit': ['src/base', 'src/wire', 'src/contract', 'src/chart', 'models/language'],
  'src/export': ['src/base', 'src/wire', 'src/contract', 'src/exhibit'],
  'src/suite': [
    ...['src/base', 'src/contract', 'src/chart', 'src/transport', 'models/language'],
    ...['src/play', 'src/judge', 'src/gate'],
  ],
  'src/fuzz': [
    ...['src/base', 'src/contract', 'src/chart', 'src/transport', 'models/language'],
    ...['src/play', 'src/judge', 'src/suite', 'src/wire'],
  ],
  'src/bench': [
    ...['src/base', 'src/contract', 'src/chart', 'src/transport', 'models/language'],
    ...['src/play', 'src/judge', 'src/suite', 'src/fuzz', 'src/wire', 'src/proxy'],
  ],
  'src/gate': ['src/base', 'src/wire', 'src/contract', 'models/language'],
  'src/proxy': [
    ...['src/base', 'src/contract', 'src/chart', 'src/transport', 'models/language'],
    ...['src/judge', 'src/exhibit', 'src/gate'],
  ],
  'src/report': ['src/base', 'src/wire', 'src/contract', 'src/gate', 'models/language'],
  'src/protocols': ['src/contract', ...rooms.map((name) => `src/protocols/${name}`)],
  ...Object.fromEntries(rooms.flatMap(roomRules)),
};

/** What each half of a room may import; another room never. */
function roomRules(name: string): readonly (readonly [string, readonly string[]])[] {
  const machinery = ['base', 'wire', 'contract', 'chart', 'play', 'judge', 'fuzz', 'optics'];
  return [
    [`models/${name}`, ['models/language']],
    [
      `src/protocols/${name}`,
      [
        ...['models/language', `models/${name}`, 'src/post-processing'],
        ...machinery.map((layer) => `src/${layer}`),
      ],
    ],
  ];
}

/** Packages that each layer may use, besides none. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  'models/language': ['typebox', 'xstate'],
  models: ['typebox', 'xstate'],
  'src/base': ['pure-rand', 'node:fs', 'node:fs/promises', 'node:path', 'node:v8', 'node:vm'],
  'src/wire': ['ajv', 'typebox', 'node:crypto'],
  'src/contract': ['typebox', 'xstate'],
  'src/chart': ['xstate'],
  'src/transport': [
    'node:child_process',
    'node:crypto',
    'node:net',
    'node:tls',
    'node:dgram',
    'node:dns/promises',
    'node:http',
    'node:https',
    'ws',
  ],
  'src/gate': ['typebox'],
  'src/export': ['typebox'],
  'src/report': [
    'typebox',
    'node:util',
    'node:crypto',
    'sarif',
    'allure-js-commons',
    'd3-scale',
    'd3-shape',
  ],
  'src/optics': ['ml-matrix'],
  'src/post-processing': ['node:crypto', 'node:worker_threads'],
  'src/fuzz': ['fast-check', 'typebox', 'node:worker_threads'],
  'src/proxy': ['node:worker_threads'],
  'src/bench': [
    'node:worker_threads',
    'node:net',
    'node:http',
    'node:events',
    'mitata',
    'ws',
    'xstate',
  ],
  'src/protocols': [
    'typebox',
    'node:crypto',
    '@noble/ciphers',
    '@noble/post-quantum',
    'fast-check',
    'saxes',
    'xstate',
  ],
};

const all = modules('models', 'src');
/** The command line and the doors may import everything. */
const bound = all.filter(
  ({ path }) => !/^src\/(?:cli|doors)\//.test(path) && path !== 'src/index.ts',
);

describe('the imports of every module', () => {
  it('were read: a plausible number of modules and imports', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
    expect(rooms).toContain('qosst');
  });

  it('lead to files that are there', () => {
    const missing = inner(all).filter(({ to }) => !existsSync(join(root, to)));
    expect(missing).toEqual([]);
  });

  it('go from a layer only to those below it', () => {
    const astray = inner(bound).filter(({ path, to }) => !isAllowed(layerOf(path), layerOf(to)));
    expect(astray).toEqual([]);
  });

  it('never go from models to src', () => {
    const astray = inner(modules('models')).filter(({ to }) => to.startsWith('src/'));
    expect(astray).toEqual([]);
  });

  it('name packages that belong to their layer', () => {
    const astray = bound.flatMap(({ path, imports }) =>
      imports
        .filter(({ inside, from }) => !inside && !packagesOf(path).includes(packageOf(from)))
        .map(({ from }) => ({ path, package: from })),
    );
    expect(astray).toEqual([]);
  });

  it('cross folders by #models and #src, and stay relative within one', () => {
    const astray = all.flatMap(({ path, told }) =>
      [...told.matchAll(/from '((?:\.\.\/|#)[^']+)'/g)]
        .map(([, specifier = '']) => ({ path, specifier }))
        .filter(({ specifier }) => crossesWrongly(path, specifier)),
    );
    expect(astray).toEqual([]);
  });

  it('enter a room only by its door, from outside of it', () => {
    const astray = inner(all).filter(({ path, to }) => {
      const room = rooms.find((name) => new RegExp(`^(models|src/protocols)/${name}/`).test(to));
      if (room === undefined || path.includes(`/${room}/`)) return false;
      return !to.endsWith(`/${room}/index.ts`);
    });
    expect(astray).toEqual([]);
  });

  it('of the features reach the project by its public door alone', () => {
    const features = modules('features');
    const astray = inner(features).filter(
      ({ to }) => !to.startsWith('features/') && to !== 'src/index.ts',
    );
    expect(features.length).toBeGreaterThan(5);
    expect(astray).toEqual([]);
  });

  it('reach a protocol from the machinery never, and its list only from the command line', () => {
    const astray = inner(bound).filter(
      ({ path, to }) => to.startsWith('src/protocols/') && !path.startsWith('src/protocols/'),
    );
    expect(astray).toEqual([]);
  });
});

interface Edge {
  readonly path: string;
  readonly to: string;
}

function inner(from: readonly Module[]): readonly Edge[] {
  return from.flatMap(({ path, imports }) =>
    imports.filter(({ inside }) => inside).map((one) => ({ path, to: one.from })),
  );
}

/** `models/<room>`, `src/<layer>` or `src/protocols/<room>`. */
function layerOf(path: string): string {
  const [top, layer, room] = path.split('/');
  if (layer !== 'protocols' || room === 'index.ts') return `${top}/${layer}`;
  return `src/protocols/${room}`;
}

function isAllowed(from: string, to: string): boolean {
  return from === to || mayImport[from]?.includes(to) === true;
}

function packagesOf(path: string): readonly string[] {
  if (path.startsWith('models/')) return mayUse['models'] ?? [];
  return mayUse[path.split('/').slice(0, 2).join('/')] ?? [];
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A room, or a layer of `src`, counts as one folder. */
function crossesWrongly(path: string, specifier: string): boolean {
  const here = layerOf(path);
  if (specifier.startsWith('#')) return layerOf(specifier.slice(1)) === here;
  const there = new URL(specifier, `file:///${path}`).pathname.slice(1);
  return /^(models|src)\//.test(there) && layerOf(there) !== here;
}
