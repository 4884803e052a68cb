import { utf8Text } from '#src/base/bytes.ts';
import type { Encoding } from './frames.ts';
import type { Dialect } from './json/dialect.ts';
import { readJson } from './json/read-json.ts';
import { writeJson } from './json/write-json.ts';
import { readTtlv } from './ttlv/read.ts';
import { writeTtlv } from './ttlv/write.ts';
import { versionOfTree } from './tree-version.ts';
import type { Item, ReadTree, Version } from './tree.ts';
import { readXml } from './xml/read-xml.ts';
import { writeXml } from './xml/write-xml.ts';

/** Content-Types by encoding. @see KMIP Profiles 2.1, HTTPS Profile */
export const contentTypes: Readonly<Record<Encoding, string>> = {
  ttlv: 'application/octet-stream',
  json: 'application/json',
  xml: 'text/xml',
};

/** The encoding of a Content-Type, parameters aside; `null`: none of KMIP's. */
export function encodingOf(contentType: string): Encoding | null {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/xml') return 'xml';
  if (type === contentTypes.ttlv) return 'ttlv';
  if (type === contentTypes.json) return 'json';
  return type === contentTypes.xml ? 'xml' : null;
}

/** Reads a message of some encoding; names are those of the version that its header says. */
export function readEncoded(bytes: Uint8Array, encoding: Encoding, json: Dialect): ReadTree {
  if (encoding === 'ttlv') return readTtlv(bytes);
  const text = utf8Text(bytes);
  if (text === null) {
    const detail = 'expected text in UTF-8';
    return { item: null, problems: [{ kind: 'notUtf8', at: 0, path: '', detail }] };
  }
  const read = (version: Version) =>
    encoding === 'json' ? readJson(text, version, json) : readXml(text, version);
  const first = read('2.1');
  const version = first.item === null ? null : versionOfTree(first.item);
  return version === null || version === '2.1' ? first : read(version);
}

/** Writes a message in some encoding. */
export function writeEncoded(
  item: Item,
  encoding: Encoding,
  { json, version }: { readonly json: Dialect; readonly version: Version },
): Uint8Array {
  if (encoding === 'ttlv') return writeTtlv(item);
  const text = encoding === 'json' ? writeJson(item, version, json) : writeXml(item, version);
  return Buffer.from(text, 'utf8');
}
