import { describe, expect, it } from 'vitest';
import { files, read } from './sources.ts';

const folders = ['features', 'src', 'models', 'fixtures', 'reports', 'test', 'seeds'];
const topLevel = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'cucumber.js', 'README.md', 'LICENSE'],
];
const binary = /\.(?:png|jpe?g|gif|ico|woff2?|der|p12|gz|bin)$/;
const texts = files.filter((path) => !binary.test(path));

describe('the checkout', () => {
  it('was read', () => expect(files.length).toBeGreaterThan(150));

  it('has at its top only what the architecture names', () => {
    const tops = [...new Set(files.map((path) => path.split('/')[0] ?? ''))];
    const astray = tops.filter(
      (name) => !folders.includes(name) && !topLevel.includes(name) && !name.startsWith('.'),
    );
    expect(astray).toEqual([]);
  });

  it('names its files in kebab-case', () => {
    const named = files.filter((path) => /^(?:src|models|features)\/.*\.[jt]s$/.test(path));
    const astray = named.filter((path) => !/^(?:[a-z0-9-]+\/)*[a-z0-9.-]+\.[jt]s$/.test(path));
    expect(named.length).toBeGreaterThan(100);
    expect(astray).toEqual([]);
  });

  it('keeps the README of every folder within 30 lines, of a room with its commands within 60', () => {
    const most = (path: string) => (path.startsWith('src/protocols/') ? 60 : 30);
    const long = files
      .filter((path) => path.endsWith('/README.md'))
      .map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }))
      .filter(({ path, lines }) => lines > most(path));
    expect(long).toEqual([]);
  });

  it('holds no absolute path of a machine', () => {
    const paths = /(?<![\w.:/-])\/(?:work|home|root|Users|mnt|opt)\/\w+|\b[A-Z]:\\\w+/;
    expect(holding(paths)).toEqual([]);
  });

  it('holds no host of a package registry', () => {
    const hosts =
      /https?:\/\/[\w.-]*(?:registry|artifactory|nexus|verdaccio|pypi|goproxy|npmjs)[\w.-]*/i;
    expect(holding(hosts)).toEqual([]);
  });

  it('leaves the place of every package out of package-lock.json', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
    expect(read('package-lock.json').match(/"integrity"/g)?.length).toBeGreaterThan(100);
  });

  it('pins every dependency to one version', () => {
    const { dependencies, devDependencies, optionalDependencies }: Manifest = JSON.parse(
      read('package.json'),
    );
    const versions = Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    });
    expect(versions.length).toBeGreaterThan(15);
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

type Manifest = Readonly<
  Record<
    'dependencies' | 'devDependencies' | 'optionalDependencies',
    Readonly<Record<string, string>>
  >
>;

/** Where a pattern is found, but for this very file. */
function holding(pattern: RegExp): readonly string[] {
  return texts
    .filter((path) => path !== 'test/tidy/layout.test.ts')
    .flatMap((path) => {
      const found = pattern.exec(read(path));
      return found === null ? [] : [`${path}: ${found[0]}`];
    });
}
