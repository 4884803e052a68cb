import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOnly, withoutComments } from './lexer.ts';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folders that are never part of the project. */
const outside = ['.git', 'node_modules', '.cache', 'coverage', 'dist', 'reports'];

/** Files of the project, by their path in it: those that git knows or would, where there is git. */
export const files: readonly string[] = existsSync(join(root, '.git')) ? known() : walked('');

/** One module, read. */
export interface Module {
  readonly path: string;
  /** Comments, and what stands in strings, are gone. */
  readonly code: string;
  /** Comments are gone. */
  readonly told: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path in the project, or the name of a package (`node:net`, `xstate/graph`). */
  readonly from: string;
  readonly inside: boolean;
  readonly typeOnly: boolean;
}

/** Every TypeScript module under some folders of the project. */
export function modules(...folders: readonly string[]): readonly Module[] {
  return files
    .filter(
      (path) => path.endsWith('.ts') && folders.some((folder) => path.startsWith(`${folder}/`)),
    )
    .map((path) => readModule(path, read(path)));
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** A module from its text; `path` decides what its relative imports mean. */
export function readModule(path: string, text: string): Module {
  const told = withoutComments(text);
  return { path, told, code: codeOnly(text), imports: [...importsOf(path, told)] };
}

const importing =
  /\b(?:(?:import|export)\s+(type\s)?[^'";()]*?\bfrom|import)\s*'([^']+)'|\bimport\(\s*'([^']+)'/g;

function* importsOf(path: string, told: string): Generator<Import> {
  for (const [, type, stated, called] of told.matchAll(importing)) {
    const specifier = stated ?? called ?? '';
    yield { ...resolved(path, specifier), typeOnly: type !== undefined };
  }
}

function resolved(path: string, specifier: string): Pick<Import, 'from' | 'inside'> {
  if (specifier.startsWith('#')) return { from: specifier.slice(1), inside: true };
  if (!specifier.startsWith('.')) return { from: specifier, inside: false };
  return { from: normalize(join(dirname(path), specifier)), inside: true };
}

function known(): readonly string[] {
  const arguments_ = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', arguments_, { cwd: root, encoding: 'utf8' });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

function walked(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return outside.includes(entry.name) ? [] : walked(path);
  });
}
