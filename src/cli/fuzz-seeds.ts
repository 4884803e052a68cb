import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import { readSeeds, writeSeed, type Seed, type SeedFile } from '#src/fuzz/seeds.ts';
import { codeOf, makeFolder } from './folder.ts';
import { writeWhole } from './fuzz-whole-file.ts';
import type { Subject } from './profile.ts';
import { usage } from './usage.ts';

/** The seeds that come with this program. */
const ours = fileURLToPath(new URL('../../seeds/', import.meta.url));

/** Where stored findings lie when nobody says: in the working directory, and with the program. */
export function seedFolders(): readonly string[] {
  const found = ['seeds', ours].filter((folder) => existsSync(folder));
  return found.filter((folder, at) => {
    const real = realpathSync(folder);
    return found.findIndex((one) => realpathSync(one) === real) === at;
  });
}

/** What is replayed first: of a folder, of none (`false`), or of where they lie when nobody says. */
export function chosenSeeds(
  { protocol, profile }: Subject,
  wish: string | boolean = true,
): SeedFile {
  if (wish === false) return { seeds: [], problems: [] };
  const folders = typeof wish === 'string' ? [wish] : seedFolders();
  const read = storedSeeds(folders, protocol);
  return { seeds: seedsFor(read.seeds, profile), problems: read.problems };
}

/** The stored findings of one protocol: every `<folder>/<protocol>/*.jsonl`. */
export function storedSeeds(folders: readonly string[], protocol: Protocol): SeedFile {
  const files = folders.flatMap((folder) => seedFiles(join(folder, protocol.name)));
  const read = files.map((file) => readSeedFile(file, [protocol]));
  return {
    seeds: read.flatMap(({ seeds }) => seeds),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** Those that say something about a target: the same side, spoken alike, each once. */
export function seedsFor(
  seeds: readonly Seed[],
  { side, dialect, safe }: Profile,
): readonly Seed[] {
  if (safe) return [];
  const fitting = seeds.filter((seed) => seed.side === side && seed.dialect === dialect);
  const able = fitting.filter(({ steps }) => steps.length > 0);
  return [
    ...new Map(able.map((seed) => [JSON.stringify([seed.steps, seed.sessionSeed]), seed])).values(),
  ];
}

/** @throws HarnessError `usage` where the file cannot be read. */
export function readSeedFile(file: string, protocols: readonly Protocol[]): SeedFile {
  try {
    return readSeeds(readFileSync(file, 'utf8'), { file, protocols });
  } catch (cause) {
    throw usage(`cannot read ${file}: ${codeOf(cause)}`, { cause });
  }
}

/**
 * Adds seeds to `<folder>/<protocol>/<side>.jsonl`, in the place of longer ones with the same
 * id; returns the file.
 * @throws HarnessError `usage` where it cannot be written.
 */
export function storeSeeds(folder: string, protocol: Protocol, seeds: readonly Seed[]): string {
  const side = seeds[0]?.side ?? protocol.model.server;
  const file = join(folder, protocol.name, `${side}.jsonl`);
  makeFolder(join(folder, protocol.name));
  const known = existsSync(file) ? readSeedFile(file, [protocol]).seeds : [];
  const byId = new Map(known.map((seed) => [seed.id, seed]));
  for (const seed of seeds) {
    const before = byId.get(seed.id)?.steps.length ?? Number.POSITIVE_INFINITY;
    if (seed.steps.length < before) byId.set(seed.id, seed);
  }
  const text = [...byId.values()].map(writeSeed).join('');
  try {
    writeWhole(file, text);
  } catch (cause) {
    throw usage(`cannot write ${file}: ${codeOf(cause)}`, { cause });
  }
  return file;
}

function seedFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return names.sort().map((name) => join(folder, name));
}
