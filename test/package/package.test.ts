import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../cli/launch.ts';
import { install, packed, program, type Manifest, type Package } from './packed.ts';

const within = mkdtempSync(join(tmpdir(), 'qkdspec-package-'));
const checkout = fileURLToPath(new URL('../..', import.meta.url));
const consumer = join(import.meta.dirname, 'consumer');
const own: Manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
const versionLine = `${own.version}\n`;
let made: Package;

beforeAll(async () => {
  made = await packed(within);
  cpSync(consumer, made.project, { recursive: true });
  writeFileSync(join(made.project, 'package.json'), '{ "type": "module" }');
}, 180_000);

afterAll(() => rmSync(within, { recursive: true }));

describe('what npm pack gives', () => {
  it('holds the compiled program, and what it and its users read beside it', () => {
    const tops = new Set(made.files.map((file) => file.split('/')[0] ?? ''));
    const folders = ['dist', 'features', 'fixtures', 'src'];
    expect([...tops].sort()).toEqual(['LICENSE', 'README.md', ...folders, 'package.json'].sort());
    const inSrc = made.files.filter((file) => file.startsWith('src/'));
    expect(inSrc.filter((file) => !file.endsWith('/README.md'))).toEqual([]);
    expect(made.files).toContain('features/qosst/identification.feature');
    expect(made.files).toContain('fixtures/profiles/example.yaml');
    expect(made.files).toContain('dist/seeds/qosst/alice.jsonl');
    expect(made.files).toContain('dist/src/protocols/index.js');
  });

  it('holds no source, no test, no map, no key, and is under 5 MB', () => {
    const astray = made.files.filter((file) =>
      /(?<!\.d)\.ts$|\.test\.|(?:^|\/)test\/|\.map$|\.pem$|\.tsbuildinfo$/.test(file),
    );
    expect(astray).toEqual([]);
    expect(made.files.length).toBeGreaterThan(1000);
    expect(made.bytes).toBeLessThan(5_000_000);
  });

  it('names no place of the machine that made it', () => {
    const places = /(?<![\w.:/-])\/(?:work|home|root|Users|mnt|opt|tmp)\/\w+|\b[A-Z]:\\\w+/;
    const named = made.files.filter((file) => {
      const text = made.read(file);
      return places.test(text) || text.includes(checkout) || text.includes(within);
    });
    expect(named).toEqual([]);
  });

  it('brings no Node of its own, nothing to build with, and leaves the checkout as it was', () => {
    expect(made.manifest).not.toHaveProperty('optionalDependencies');
    expect(made.manifest).not.toHaveProperty('devDependencies');
    expect(made.manifest).not.toHaveProperty('scripts');
    expect(made.manifest.engines).toEqual({ node: '>=24' });
    expect(JSON.parse(made.manifestBehind)).toEqual(own);
  });

  it('imports what it depends on, and nothing else; the doors what their users have', () => {
    const { dependencies, peerDependencies } = made.manifest;
    const imported = code().flatMap((file) =>
      [...made.read(file).matchAll(/(?:from |import\(|import )'([^'.#][^']*)'/g)]
        .map(([, from = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? '')
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
    const named = code().flatMap((file) =>
      [...made.read(file).matchAll(/(?:new URL|import)\(\s*'(\.[^']+[^/'])'/g)].map(
        ([, path = '']) => join(dirname(file), path),
      ),
    );
    expect(named).toContain('dist/src/post-processing/reconciliation/pool-thread.js');
    expect(named.filter((file) => !made.files.includes(file))).toEqual([]);
    const sources = /['"`]\.{1,2}\/[^'"`\s]*[^.'"`\s]\.ts['"`]/;
    expect(code().filter((file) => sources.test(made.read(file)))).toEqual([]);
  });

  it('declares whatever its declarations lead to', () => {
    const declarations = made.files.filter((file) => file.endsWith('.d.ts'));
    const led = declarations.flatMap((file) =>
      [...made.read(file).matchAll(/(?:from |import\(|import )['"]([.#][^'"]+)\.[jt]s['"]/g)].map(
        ([, to = '']) =>
          `${to.startsWith('#') ? join('dist', to.slice(1)) : join(dirname(file), to)}.d.ts`,
      ),
    );
    expect(declarations.length).toBeGreaterThan(50);
    expect(led.filter((file) => !made.files.includes(file))).toEqual([]);
  });

  it('tells whose tables it holds', () => {
    expect(made.read('dist/NOTICE')).toContain('Copyright (c) OASIS Open. All Rights Reserved.');
    expect(made.read('LICENSE')).toContain('Apache License');
  });
});

describe('the command of the package', () => {
  it('is what npx starts', async () => {
    const { output } = await run('npx', ['--offline', 'qkdspec', '--version'], made.project);
    expect(output).toContain(versionLine);
  });

  it('tests a side: 0 where it conforms, 1 where not, with what to type to see it again', async () => {
    const cases = 'qosst/sequence/link.unidentified/identificationRequest-2';
    const profile = join(made.folder, 'fixtures/profiles/example.yaml');
    const right = await qkdspec('test', cases, '--profile', profile);
    expect(right).toMatchObject({ exitCode: 0, stderr: '' });
    const target = 'reference:qosst/alice?mutant=alice-accepts-any-version';
    const { exitCode, stdout } = await qkdspec('test', cases, '--target', target);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('[qosst/versionRefused]');
    expect(stdout).toMatch(/replay +node node_modules\/qkdspec\/dist\/src\/cli\/qkdspec\.js test/);
  });

  it('plays a seed that comes with it', async () => {
    const [first = ''] = made.read('dist/seeds/qosst/alice.jsonl').split('\n');
    const { id }: { id: string } = JSON.parse(first);
    const { exitCode, stdout } = await qkdspec('replay', id, '--target', 'reference:qosst/alice');
    expect(stdout).toContain(`FIXED ${id}`);
    expect(exitCode).toBe(0);
  });

  it('runs a campaign on two threads', async () => {
    const words = ['--target', 'reference:qosst/alice', '--budget', '300msg', '--workers', '2'];
    const { exitCode, stdout } = await qkdspec('fuzz', ...words);
    expect(stdout).toMatch(/exit 0: nothing wrong in \d+ messages/);
    expect(exitCode).toBe(0);
  });

  it('plays a session over simulated light, up to the key', async () => {
    const { exitCode, stdout } = await qkdspec('session', 'qosst', '--distance-km', '5');
    expect(stdout).toMatch(/final key of bob and alice: \d{4,} bits/);
    expect(exitCode).toBe(0);
  });

  it('draws, and lists profiles that are there', async () => {
    const { stdout: drawn } = await qkdspec('model', 'etsi-004', '--format', 'svg');
    expect(drawn).toContain('</svg>');
    const { stdout: profiles } = await qkdspec('list', '--kind', 'profiles');
    const files = profiles.trim().split('\n');
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('serves a side until it is interrupted', async () => {
    const script = join(made.folder, made.manifest.bin['qkdspec'] ?? '');
    const served = await launch(['serve', 'etsi-004', '--port', '0'], {
      ...{ cwd: made.project, script },
      watch: (stdout, child) => stdout.includes('127.0.0.1:') && child.kill('SIGINT'),
    });
    expect(served.stdout).toMatch(/listening on etsi-004:\/\/127\.0\.0\.1:\d+/);
  });

  it('says in one line that it wants a newer Node', async () => {
    const script = join(made.folder, made.manifest.bin['qkdspec'] ?? '');
    const old = { cwd: made.project, script, oldNode: true };
    const { exitCode, stdout, stderr } = await launch(['--version'], old);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^qkdspec: Node 20\.19\.0 is too old, .*Node 24 or newer.*\n$/);
  });
});

describe('the doors of the package', () => {
  beforeAll(() => install(made.project, ['@cucumber/cucumber', 'mock-socket', 'msw']));

  it.each([
    ['library.ts', 'pass pass\n'],
    ['key-client.ts', '404 fail etsi-004/pathsOfCalls\n'],
    ['sidecar.ts', 'pass\n'],
  ])('serve a program of a user: %s', async (file, told) => {
    const { exitCode, output } = await run(process.execPath, [file], made.project);
    expect(output).toBe(told);
    expect(exitCode).toBe(0);
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('have types: module %s, moduleResolution %s', async (module, moduleResolution) => {
    const compilerOptions = { module, moduleResolution, target: 'esnext', types: ['node'] };
    const rules = { strict: true, skipLibCheck: true, noEmit: true };
    const project = { compilerOptions: { ...compilerOptions, ...rules } };
    writeFileSync(
      join(made.project, 'tsconfig.json'),
      JSON.stringify({ ...project, include: ['*.ts'] }),
    );
    const words = [program('typescript/bin/tsc'), '--project', '.'];
    expect(await run(process.execPath, words, made.project)).toEqual({ exitCode: 0, output: '' });
  });

  it('play the shipped features, and steps of a lab', async () => {
    writeFileSync(join(made.project, 'lab.feature'), story);
    const identification = 'node_modules/qkdspec/features/qosst/identification.feature';
    const config = {
      paths: [identification, 'lab.feature'],
      import: ['steps.ts'],
      forceExit: true,
    };
    const text = `export default ${JSON.stringify(config)};`;
    writeFileSync(join(made.project, 'cucumber.js'), text);
    const target = 'reference:qosst/alice?mutant=alice-accepts-any-version';
    const { exitCode, output } = await features(target);
    expect([...output.matchAll(/^ +\d+\) (.+) # /gm)].map(([, name]) => name)).toEqual([
      'Alice refuses a version that she does not speak',
      'A Bob who was refused may come back with the right version',
    ]);
    expect(output).toMatch(/1\d scenarios \(1\d passed, 1 skipped, 2 failed\)/);
    expect(exitCode).toBe(1);
  });
});

const story = `
  @qosst
  Feature: Our own Alice
    @alice
    Scenario: She is ours
      When Bob sends IDENTIFICATION_REQUEST
      Then Alice answers IDENTIFICATION_RESPONSE
      And Alice is called LAB/0007
    `;

function code(): readonly string[] {
  return made.files.filter((file) => file.endsWith('.js'));
}

function qkdspec(...words: readonly string[]) {
  const script = join(made.folder, made.manifest.bin['qkdspec'] ?? '');
  return launch(words, { cwd: made.project, script });
}

function features(target: string) {
  const parameters = JSON.stringify({ target, option: ['serialNumber=LAB/0007'] });
  const cucumber = program('@cucumber/cucumber/bin/cucumber.js');
  return run(process.execPath, [cucumber, '--world-parameters', parameters], made.project);
}

/** Runs a program until it ends; what it says on both streams. */
function run(file: string, words: readonly string[], cwd: string) {
  return new Promise<{ readonly exitCode: number | null; readonly output: string }>((resolve) => {
    const child = execFile(file, words, { cwd }, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, output: stdout + stderr }),
    );
  });
}
