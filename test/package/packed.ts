import { exec, execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** This checkout. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url));
const modules = join(checkout, 'node_modules');
/** What `npm pack` reads; it runs in a copy, as it changes package.json while it packs. */
const sources = [
  ...['.package', 'src', 'models', 'features', 'fixtures', 'seeds'],
  ...['package.json', 'tsconfig.json', 'README.md', 'LICENSE'],
];

/** What a package says of itself. */
export interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** A package that `npm pack` made, unpacked where a project would have it. */
export interface Package {
  /** Its own folder. */
  readonly folder: string;
  /** The project's: an empty one but for the package and what it depends on. */
  readonly project: string;
  readonly manifest: Manifest;
  /** The package.json of the copy that was packed, behind it. */
  readonly manifestBehind: string;
  readonly files: readonly string[];
  readonly bytes: number;
  read(file: string): string;
}

/** Packs a copy of the checkout within a folder, and puts the package into a project beside it. */
export async function packed(within: string): Promise<Package> {
  const copy = join(within, 'checkout');
  for (const name of sources) cpSync(join(checkout, name), join(copy, name), { recursive: true });
  symlinkSync(modules, join(copy, 'node_modules'), 'junction');
  await promisify(exec)('npm pack --offline --no-update-notifier', { cwd: copy });
  const folder = join(within, 'project/node_modules/qkdspec');
  mkdirSync(folder, { recursive: true });
  const [tarball = ''] = globSync('qkdspec-*.tgz', { cwd: copy });
  const words = ['-xzf', join(copy, tarball), '-C', folder, '--strip-components=1'];
  await promisify(execFile)('tar', words);
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const project = join(within, 'project');
  install(project, [...Object.keys(manifest.dependencies), '@types/node']);
  linkCommand(project, join(folder, manifest.bin['qkdspec'] ?? ''));
  const files = globSync('**/*', { cwd: folder }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  return {
    ...{ folder, project, manifest, files },
    manifestBehind: readFileSync(join(copy, 'package.json'), 'utf8'),
    bytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
    read: (file) => readFileSync(join(folder, file), 'utf8'),
  };
}

/** Puts packages of the checkout into a project; what they need in turn lies beside them there. */
export function install(project: string, names: readonly string[]): void {
  for (const name of names) {
    const place = join(project, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(modules, name), place, 'junction');
  }
}

/** As npm does where a package has a command. */
function linkCommand(project: string, script: string): void {
  const commands = join(project, 'node_modules/.bin');
  mkdirSync(commands);
  chmodSync(script, 0o755);
  symlinkSync(script, join(commands, 'qkdspec'));
}

/** A program of the checkout's packages. */
export function program(file: string): string {
  return join(modules, file);
}
