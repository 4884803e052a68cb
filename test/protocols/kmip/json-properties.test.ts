import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trees, xmlTrees } from '#src/protocols/kmip/arbitraries.ts';
import { cosmian5 } from '#src/protocols/kmip/json/dialects/cosmian-5.ts';
import { jsonDialects } from '#src/protocols/kmip/json/dialects/dialects.ts';
import { oasis } from '#src/protocols/kmip/json/dialects/oasis.ts';
import { readJson } from '#src/protocols/kmip/json/read-json.ts';
import { writeJson } from '#src/protocols/kmip/json/write-json.ts';
import { readTtlv } from '#src/protocols/kmip/ttlv/read.ts';
import { writeTtlv } from '#src/protocols/kmip/ttlv/write.ts';
import type { Item, Version } from '#src/protocols/kmip/tree.ts';
import { readXml, readXmlItems } from '#src/protocols/kmip/xml/read-xml.ts';
import { writeXml } from '#src/protocols/kmip/xml/write-xml.ts';
import { goldenMessages } from './golden-messages.ts';

const versions = fc.constantFrom<Version[]>('1.4', '2.0', '2.1');
const dialects = fc.constantFrom(...jsonDialects);

describe('any tree', () => {
  it('stays the same through JSON, TTLV and JSON', () => {
    fc.assert(
      fc.property(trees, versions, (tree, version) => {
        const read = readJson(writeJson(tree, version), version);
        expect(read).toEqual({ item: tree, problems: [] });
        const bytes = writeTtlv(read.item ?? tree);
        expect(bytes).toEqual(writeTtlv(tree));
        expect(writeJson(readTtlv(bytes).item ?? tree, version)).toBe(writeJson(tree, version));
      }),
      { numRuns: 400 },
    );
  });

  it('stays the same through JSON and XML', () => {
    fc.assert(
      fc.property(xmlTrees, versions, (tree, version) => {
        const ofJson = readJson(writeJson(tree, version), version).item ?? tree;
        const ofXml = readXml(writeXml(ofJson, version), version).item ?? ofJson;
        expect(readJson(writeJson(ofXml, version), version).item).toEqual(tree);
      }),
      { numRuns: 200 },
    );
  });

  it('stays the same in the dialect of Cosmian 5, which has no shapes of its own', () => {
    fc.assert(
      fc.property(trees, versions, (tree, version) => {
        const { item, problems } = readJson(writeJson(tree, version, cosmian5), version, cosmian5);
        expect(item).toEqual(tree);
        expect(problems.filter(({ tolerable }) => tolerable !== true)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is read with its keys in any order and with any blanks', () => {
    fc.assert(
      fc.property(trees, fc.infiniteStream(fc.nat(23)), fc.nat(3), (tree, orders, indent) => {
        const reordered = JSON.stringify(
          JSON.parse(writeJson(tree, '2.1'), (_key, value: unknown) =>
            shuffled(value, orders.next().value),
          ),
          null,
          indent,
        );
        expect(readJson(reordered, '2.1')).toEqual({ item: tree, problems: [] });
      }),
      { numRuns: 200 },
    );
  });
});

describe('any text', () => {
  /** Texts that are KMIP's JSON but for a few changes. */
  const almost = fc
    .tuple(
      trees.map((tree) => writeJson(tree, '2.1')),
      fc.array(
        fc.record({
          at: fc.nat(),
          drop: fc.nat({ max: 3 }),
          put: fc.constantFrom(
            ...'{}[],:"\\0x1e.-|',
            '\n',
            '\ud800',
            'null',
            'constructor',
            '__proto__',
            '"tag":',
            '[[',
            ' ',
          ),
        }),
        { maxLength: 4 },
      ),
    )
    .map(([text, changes]) => {
      let changed = text;
      for (const { at, drop, put } of changes) {
        const start = at % (changed.length + 1);
        changed = changed.slice(0, start) + put + changed.slice(start + drop);
      }
      return changed;
    });

  it('is read without an exception, and what came out can be written', () => {
    const texts = fc.oneof(almost, fc.string({ unit: 'binary' }), fc.json());
    fc.assert(
      fc.property(texts, versions, dialects, (text, version, dialect) => {
        const { item, problems } = readJson(text, version, dialect);
        if (item === null) expect(problems.length).toBeGreaterThan(0);
        else expect(writeJson(item, version, dialect)).not.toBe('');
        for (const { at } of problems) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('has a problem of the text exactly if it is no JSON', () => {
    const ofText = ['notJson', 'trailingComma', 'missingBracket', 'strayBracket', 'textAfterEnd'];
    fc.assert(
      fc.property(fc.oneof(almost, fc.json()), (text) => {
        const { problems } = readJson(text, '2.1');
        expect(problems.some(({ kind }) => ofText.includes(kind))).toBe(!isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is no message without a problem if binary TTLV cannot say it', () => {
    fc.assert(
      fc.property(almost, (text) => {
        const { item, problems } = readJson(text, '2.1');
        if (item === null || problems.length > 0) return;
        const read = readTtlv(writeTtlv(item));
        expect(read).toEqual({ item, problems: [] });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('messages of the standard', () => {
  const folder = new URL('../../../../shared/data/kmip/oasis-2.1/', import.meta.url);
  const ofVectors = existsSync(folder) ? vectorMessages(folder) : [];
  const messages: readonly { readonly item: Item; readonly version: Version }[] = [
    ...goldenMessages.map(({ ttlv }) => ({
      item: present(readTtlv(Buffer.from(ttlv, 'hex')).item),
      version: '1.4' as const,
    })),
    ...ofVectors.map((item) => ({ item, version: '2.1' as const })),
  ];

  it.each(jsonDialects)('are read by $name as the standard writes them', (dialect) => {
    for (const { item, version } of messages) {
      expect(readJson(writeJson(item, version, oasis), version, dialect)).toEqual({
        item,
        problems: [],
      });
    }
  });

  it.each(jsonDialects)('are the same after $name wrote and read them', (dialect) => {
    for (const { item, version } of messages) {
      const read = readJson(writeJson(item, version, dialect), version, dialect);
      expect(read.item).toEqual(item);
      expect(read.problems.filter(({ tolerable }) => tolerable !== true)).toEqual([]);
    }
  });
});

function vectorMessages(folder: URL): readonly Item[] {
  return ['mandatory', 'optional'].flatMap((part) =>
    readdirSync(new URL(part, folder)).flatMap((name) => {
      const text = readFileSync(new URL(`${part}/${name}`, folder), 'utf8');
      return readXmlItems(text, '2.1').items;
    }),
  );
}

/** An object with its members in another order, of twenty-four. */
function shuffled(value: unknown, order: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value);
  const moved: (readonly [string, unknown])[] = [];
  let rest = order;
  while (members.length > 0) {
    moved.push(...members.splice(rest % members.length, 1));
    rest = Math.floor(rest / (members.length + 1));
  }
  return Object.fromEntries(moved);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function present(item: Item | null): Item {
  if (item === null) throw new Error('expected an item');
  return item;
}
