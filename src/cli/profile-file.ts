import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { layerOf, type Layer } from './layer.ts';
import { usage } from './usage.ts';
import { readYaml } from './yaml-text.ts';

/**
 * Reads a profile file.
 * @throws HarnessError `usage` with file and line of the first mistake.
 */
export async function fileLayer(file: string): Promise<Layer> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw usage(`cannot read the profile: ${cause.message}`, { cause });
  });
  return besideFile(profileLayer(text, file), file);
}

/** Files of TLS are named relative to the profile that names them. */
function besideFile(layer: Layer, file: string): Layer {
  const { tls } = layer.members;
  if (tls === undefined) return layer;
  const { ca, cert, key, ...rest } = tls;
  const named = Object.entries({ ca, cert, key }).flatMap(([name, path]) =>
    path === undefined ? [] : [[name, resolve(dirname(file), path)]],
  );
  return {
    ...layer,
    members: { ...layer.members, tls: { ...rest, ...Object.fromEntries(named) } },
  };
}

/** The profile in a text; `file` is for complaints. */
export function profileLayer(text: string, file: string): Layer {
  const { value, lineOf } = readYaml(text, file);
  const name = basename(file).replace(/\.ya?ml$/, '');
  return layerOf(name, value, (path) => `${file}:${lineOf(path)}: `);
}
