/*
 * While npm packs, the package.json of the package stands in the place of the checkout's:
 * `node .package/manifest.ts pack`, and `node .package/manifest.ts restore` behind it.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

type Paths = Readonly<Record<string, string>>;

const manifest = fileURLToPath(new URL('../package.json', import.meta.url));
/** The checkout's own lies here meanwhile; after an interruption, `restore` brings it back. */
const aside = fileURLToPath(new URL('../.cache/package.json', import.meta.url));

if (process.argv[2] === 'restore') restore();
else pack();

function pack(): void {
  const own = JSON.parse(readFileSync(manifest, 'utf8'));
  if (own.scripts === undefined) return; // An interruption left it: the checkout's lies aside.
  mkdirSync(dirname(aside), { recursive: true });
  copyFileSync(manifest, aside);
  const packed = {
    ...own,
    ...{ bin: compiled(own.bin), exports: compiled(own.exports) },
    // Whoever installs the package has his own Node, and nothing to build it with.
    ...{ imports: undefined, scripts: undefined },
    ...{ devDependencies: undefined, optionalDependencies: undefined },
  };
  writeFileSync(manifest, `${JSON.stringify(packed, null, 2)}\n`);
}

function restore(): void {
  if (existsSync(aside)) renameSync(aside, manifest);
}

/** Where tsc puts what the paths name. */
function compiled(paths: Paths): Paths {
  const rows = Object.entries(paths);
  return Object.fromEntries(
    rows.map(([name, path]) => [name, path.replace(/^\.\/(.+)\.[jt]s$/, './dist/$1.js')]),
  );
}
