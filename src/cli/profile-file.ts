import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { layerOf, type Layer, type MemberPath } from './layer.ts';
import { usage } from './usage.ts';

/**
 * Reads a profile file.
 * @throws HarnessError `usage` with file and line of the first mistake.
 */
export async function fileLayer(file: string): Promise<Layer> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw usage(`cannot read the profile: ${cause.message}`, { cause });
  });
  return profileLayer(text, file);
}

/** The profile in a text; `file` is for complaints. */
export function profileLayer(text: string, file: string): Layer {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${file}:${lines.linePos(offset).line || 1}: `;
  const [mistake] = document.errors;
  if (mistake !== undefined) throw usage(`${at(mistake.pos[0])}${mistake.message}`);
  const members: unknown = document.toJS() ?? {};
  const name = basename(file).replace(/\.ya?ml$/, '');
  return layerOf(name, members, (path) => at(offsetOf(document.contents, path)));
}

/** Where a member begins: its name in a map, itself in a list, or the nearest thing around it. */
function offsetOf(contents: unknown, path: MemberPath): number {
  let node = contents;
  let offset = startOf(node, 0);
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === segment);
      offset = startOf(pair?.key, offset);
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      offset = startOf(node, offset);
    }
  }
  return offset;
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}
