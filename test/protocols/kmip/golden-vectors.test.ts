import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTtlv } from '#src/protocols/kmip/ttlv/read.ts';
import { writeTtlv } from '#src/protocols/kmip/ttlv/write.ts';
import { readXmlItems } from '#src/protocols/kmip/xml/read-xml.ts';
import { writeXml } from '#src/protocols/kmip/xml/write-xml.ts';

const folder = new URL('../../../../shared/data/kmip/oasis-2.1/', import.meta.url);
const isThere = existsSync(folder);
const files = isThere
  ? ['mandatory', 'optional'].flatMap((kind) =>
      readdirSync(new URL(`${kind}/`, folder)).map((name) => `${kind}/${name}`),
    )
  : [];

describe('the OASIS test cases of KMIP 2.1', () => {
  if (!isThere) it.skip('are read from ../shared/data/kmip/oasis-2.1, which is not there');

  it.runIf(isThere)('are many', () => expect(files.length).toBeGreaterThan(60));

  it.each(files)('%s is the same after XML → TTLV → XML', (name) => {
    const xml = filled(readFileSync(new URL(name, folder), 'utf8'));
    const { items, problems } = readXmlItems(xml, '2.1');
    expect(problems).toEqual([]);
    expect(items.length).toBeGreaterThan(1);
    for (const item of items) {
      const read = readTtlv(writeTtlv(item));
      expect(read).toEqual({ item, problems: [] });
    }
    const written = items.map((item) => writeXml(item, '2.1')).join('');
    expect(elementsOf(written)).toEqual(elementsOf(xml));
  });
});

/** Puts a value of its element's type where a test case leaves it to the run. */
function filled(xml: string): string {
  return xml.replace(
    /type="(\w+)" value="\$[^"]*"/g,
    (_, type: string) => `type="${type}" value="${values[type] ?? 'filled'}"`,
  );
}

const values: Readonly<Record<string, string>> = {
  DateTime: '2020-05-07T01:02:03+00:00',
  ByteString: '0123456789abcdef',
};

/** The elements of a document, one a line, as far as their spelling means anything. */
function elementsOf(xml: string): readonly string[] {
  return (
    xml
      .replaceAll(/<!--[^]*?-->|<\?[^]*?\?>|<\/?KMIP>/g, '')
      // How emptiness, the order of a mask's bits, hex digits and time zones are said means nothing.
      .replaceAll(/<(\w+)>\s*<\/\1>/g, '<$1/>')
      .replaceAll(/(Mask type="Integer" value=)"([^"]*)"/g, (_, start: string, bits: string) => {
        return `${start}"${bits.split(' ').toSorted().join(' ')}"`;
      })
      .replaceAll(/type="ByteString" value="[^"]*"/g, (bytes) => bytes.toLowerCase())
      .replaceAll(/value="([^"]*T[^"]*[+-]\d\d:\d\d)"/g, (_, date: string) => {
        return `value="${new Date(date).toISOString()}"`;
      })
      .match(/<[^>]+>/g)
      ?.map((element) => element.replaceAll(/\s+/g, ' ').replace(' />', '/>')) ?? []
  );
}
