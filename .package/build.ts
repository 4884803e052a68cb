/*
 * Compiles the sources into `dist`, a program that runs where no TypeScript is read:
 * `npm run build`. Types are checked as the declarations are made.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reachable } from './reachable.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const doors = ['src', 'src/doors/msw', 'src/doors/mock-socket', 'features/steps'];
/** A module that is found by its URL, or by JavaScript: tsc leaves its name as it is. */
const byUrl = /(new URL|import)\(\s*'(\.[^']+)\.ts'/g;

rmSync(dist, { recursive: true, force: true });
compile('--removeComments', '--noCheck');
compile('--declaration', '--emitDeclarationOnly');
/* What is JavaScript already: the launcher, and what scripts of findings are made of. */
for (const file of globSync('src/**/*.js', { cwd: root })) {
  copyFileSync(join(root, file), join(dist, file));
}
for (const file of filesOf('js')) {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(byUrl, "$1('$2.js'"));
}
/* What no door leads to would be a quarter of the package. */
const needed = reachable(doors.map((door) => join(dist, door, 'index.d.ts')));
for (const file of filesOf('d.ts')) if (!needed.has(file)) rmSync(file);
writeFileSync(join(dist, 'package.json'), JSON.stringify(manifest()));
copyFileSync(join(root, '.package/NOTICE'), join(dist, 'NOTICE'));
for (const file of globSync('seeds/*/*.jsonl', { cwd: root })) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), withoutBytes(readFileSync(join(root, file), 'utf8')));
}

/** Seeds without the frames as they were sent: more than half of them, and only for the record. */
function withoutBytes(seeds: string): string {
  const lines = seeds.split('\n').filter((line) => line !== '');
  return lines.map((line) => `${JSON.stringify({ ...JSON.parse(line), bytes: [] })}\n`).join('');
}

/** `#src/…` and `#models/…` mean what was compiled, for Node and for a consumer's compiler. */
function manifest(): object {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const imports = { '#models/*.ts': './models/*.js', '#src/*.ts': './src/*.js' };
  return { version, type: 'module', imports };
}

function compile(...flags: readonly string[]): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const words = [tsc, '--project', '.package', ...flags];
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function filesOf(extension: string): readonly string[] {
  return globSync(`**/*.${extension}`, { cwd: dist }).map((file) => join(dist, file));
}
