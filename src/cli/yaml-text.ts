import { isMap, isNode, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { MemberPath } from './layer.ts';
import { usage } from './usage.ts';

/** What a text of YAML says, and on which line each of its members stands. */
export interface YamlText {
  readonly document: Document;
  /** An empty object where there is nothing. */
  readonly value: unknown;
  /** From 1. */
  lineOf(path: MemberPath): number;
}

/**
 * Reads YAML; `file` is for complaints.
 * @throws HarnessError `usage` with file and line of the first mistake.
 */
export function readYaml(text: string, file: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => lines.linePos(offset).line || 1;
  const [mistake] = document.errors;
  if (mistake !== undefined) throw usage(`${file}:${at(mistake.pos[0])}: ${mistake.message}`);
  const value: unknown = document.toJS() ?? {};
  return { document, value, lineOf: (path) => at(offsetOf(document.contents, path)) };
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
