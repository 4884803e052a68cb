import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout, type Manifest, type Package } from './packed.ts';

const own: Manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));

/** What lies in a package, and what does not. */
export function testContents(made: () => Package): void {
  describe('what npm pack gives', () => {
    it('holds the compiled program, and what it and its users read beside it', () => {
      const tops = new Set(made().files.map((file) => file.split('/')[0] ?? ''));
      const folders = ['dist', 'features', 'fixtures', 'src'];
      expect([...tops].sort()).toEqual(['LICENSE', 'README.md', ...folders, 'package.json'].sort());
      const inSrc = made().files.filter((file) => file.startsWith('src/'));
      expect(inSrc.filter((file) => !file.endsWith('/README.md'))).toEqual([]);
      expect(made().files).toContain('features/qosst/identification.feature');
      expect(made().files).toContain('fixtures/profiles/example.yaml');
      expect(made().files).toContain('dist/seeds/qosst/alice.jsonl');
      expect(made().files).toContain('dist/src/protocols/index.js');
    });

    it('holds no source, no test, no map, no key, and is under 5 MB', () => {
      const astray = made().files.filter((file) =>
        /(?<!\.d)\.ts$|\.test\.|(?:^|\/)test\/|\.map$|\.pem$|\.tsbuildinfo$/.test(file),
      );
      expect(astray).toEqual([]);
      expect(made().files.length).toBeGreaterThan(1000);
      expect(made().bytes).toBeLessThan(5_000_000);
    });

    it('names no place of the machine that made it', () => {
      const places = /(?<![\w.:/-])\/(?:work|home|root|Users|mnt|opt|tmp)\/\w+|\b[A-Z]:\\\w+/;
      const named = made().files.filter((file) => {
        const text = made().read(file);
        return (
          places.test(text) || text.includes(checkout) || text.includes(dirname(made().project))
        );
      });
      expect(named).toEqual([]);
    });

    it('brings no Node of its own, nothing to build with, and leaves the checkout as it was', () => {
      expect(made().manifest).not.toHaveProperty('optionalDependencies');
      expect(made().manifest).not.toHaveProperty('devDependencies');
      expect(made().manifest).not.toHaveProperty('scripts');
      expect(made().manifest.engines).toEqual({ node: '>=24' });
      expect(JSON.parse(made().manifestBehind)).toEqual(own);
    });

    it('imports what it depends on, and nothing else; the doors what their users have', () => {
      const { dependencies, peerDependencies } = made().manifest;
      const imported = code(made()).flatMap((file) =>
        found(made(), file, /(?:from |import\(|import )'([^'.#][^']*)'/g)
          .map((from) => /^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? '')
          .filter((name) => !name.startsWith('node:') && !(name in dependencies))
          .map((name) => [name, file.startsWith('dist/features/') ? 'features' : dirname(file)]),
      );
      const peers = new Map(imported.map(([name = '', place = '']) => [name, place]));
      expect(Object.fromEntries(peers)).toEqual({
        '@cucumber/cucumber': 'features',
        'mock-socket': 'dist/src/doors/mock-socket',
        msw: 'dist/src/doors/msw',
      });
      expect([...peers.keys()].sort()).toEqual(Object.keys(peerDependencies).sort());
    });

    it('finds every module that is named by a URL: the entries of threads', () => {
      const url = /(?:new URL|import)\(\s*'(\.[^']+[^/'])'/g;
      const named = code(made()).flatMap((file) =>
        found(made(), file, url).map((path) => join(dirname(file), path)),
      );
      expect(named).toContain('dist/src/post-processing/reconciliation/pool-thread.js');
      expect(named.filter((file) => !made().files.includes(file))).toEqual([]);
      const sources = /['"`]\.{1,2}\/[^'"`\s]*[^.'"`\s]\.ts['"`]/;
      expect(code(made()).filter((file) => sources.test(made().read(file)))).toEqual([]);
    });

    it('declares whatever its declarations lead to', () => {
      const declarations = made().files.filter((file) => file.endsWith('.d.ts'));
      const specifier = /(?:from |import\(|import )['"]([.#][^'"]+)\.[jt]s['"]/g;
      const led = declarations.flatMap((file) =>
        found(made(), file, specifier).map((to) =>
          to.startsWith('#') ? join('dist', to.slice(1)) : join(dirname(file), to),
        ),
      );
      expect(declarations.length).toBeGreaterThan(50);
      expect(led.length).toBeGreaterThan(100);
      expect(led.filter((path) => !made().files.includes(`${path}.d.ts`))).toEqual([]);
    });

    it('tells whose tables it holds', () => {
      expect(made().read('dist/NOTICE')).toContain(
        'Copyright (c) OASIS Open. All Rights Reserved.',
      );
      expect(made().read('LICENSE')).toContain('Apache License');
    });
  });
}

function code(made: Package): readonly string[] {
  return made.files.filter((file) => file.endsWith('.js'));
}

/** What a pattern finds in a file: its first group, each time. */
function found(made: Package, file: string, pattern: RegExp): readonly string[] {
  return [...made.read(file).matchAll(pattern)].map(([, first = '']) => first);
}
