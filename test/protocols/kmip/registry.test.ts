import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  enumerationName,
  enumerationNamed,
  enumerationOf,
  enumerationValues,
} from '#src/protocols/kmip/registry/enumeration-names.ts';
import {
  enumerationNamedLoosely,
  tagNamedLoosely,
} from '#src/protocols/kmip/registry/loose-names.ts';
import { maskBits, maskNames } from '#src/protocols/kmip/registry/mask-names.ts';
import { namingTag } from '#src/protocols/kmip/registry/naming-tag.ts';
import { normalisedName } from '#src/protocols/kmip/registry/normalised-name.ts';
import { tagName, tagNamed, tagsOf } from '#src/protocols/kmip/registry/tag-names.ts';
import { tagTypes } from '#src/protocols/kmip/registry/tag-types.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Version } from '#src/protocols/kmip/tree.ts';

interface Row {
  readonly name: string;
  readonly camel: string;
}

interface Extract {
  readonly tags: readonly (Row & {
    readonly value: string;
    readonly observedTypes?: Readonly<Record<string, number>>;
  })[];
  readonly enums: Readonly<Record<string, readonly (Row & { readonly value: number })[]>>;
  readonly masks: Readonly<Record<string, readonly (Row & { readonly value: number })[]>>;
}

/** Misprints, and lost exponents. */
const respelt: Readonly<Record<string, string>> = {
  MFG1: 'MGF1',
  PolynomialSharingGF216: 'PolynomialSharingGF2_16',
  PolynomialSharingGF28: 'PolynomialSharingGF2_8',
};

const versions: readonly Version[] = ['1.4', '2.0', '2.1'];
const fileOf = (version: Version) =>
  new URL(`../../../../shared/data/kmip/kmip-registry-${version}.json`, import.meta.url);
const isThere = versions.every((version) => existsSync(fileOf(version)));

describe('the registry', () => {
  if (!isThere) it.skip('is compared with ../shared/data/kmip, which is not there');

  describe.each(isThere ? versions : [])('of %s, against what was extracted', (version) => {
    const extract: Extract = JSON.parse(readFileSync(fileOf(version), 'utf8'));

    it('has its tags, by name and by number, and no reserved one', () => {
      for (const { camel, value } of extract.tags) {
        const name = camel === 'Reserved' ? undefined : camel;
        expect(tagName(Number(value), version)).toBe(name);
        if (name !== undefined) expect(tagNamed(name, version)).toBe(Number(value));
      }
    });

    it('has no other tags, but the thirteen of 2.1 from Rotate Interval on', () => {
      const named = extract.tags.filter(({ camel }) => camel !== 'Reserved');
      const others = version === '2.1' ? 13 : 0;
      expect(tagsOf(version)).toHaveLength(named.length + others);
    });

    it('has its enumerations, by name and by value', () => {
      for (const [title, rows] of Object.entries(extract.enums)) {
        const tag = tagOfEnumeration(title, version);
        for (const { camel, value } of rows) {
          const name = camel === 'Reserved' ? undefined : (respelt[camel] ?? camel);
          expect(enumerationName(tag, value, version)).toBe(name);
          if (name !== undefined) expect(enumerationNamed(tag, name, version)).toBe(value);
        }
        const named = rows.filter(({ camel }) => camel !== 'Reserved');
        expect(enumerationValues(tag, version).size).toBe(named.length);
      }
    });

    it('has its masks', () => {
      for (const [title, rows] of Object.entries(extract.masks)) {
        const named = rows.filter(({ camel }) => camel !== 'Reserved');
        const bits = maskBits(tagNamed(normalisedName(title), version) ?? 0, version);
        expect([...(bits ?? [])]).toEqual(named.map(({ camel, value }) => [camel, value]));
      }
    });

    it('normalises every name as it is spelt', () => {
      const rows: readonly Row[] = [...extract.tags, ...Object.values(extract.enums).flat()];
      const wrong = rows.filter(({ name, camel }) => {
        return camel !== 'Reserved' && normalisedName(name) !== camel;
      });
      expect(rows.length).toBeGreaterThan(800);
      expect(wrong).toEqual([]);
    });

    it('has for every tag the types that test cases use', () => {
      for (const { camel, value, observedTypes = {} } of extract.tags) {
        if (camel === 'AttributeValue') continue;
        const known: readonly string[] = tagTypes(Number(value), version);
        for (const type of Object.keys(observedTypes)) expect(known).toContain(type);
      }
    });
  });

  it.each(versions)('of %s gives every tag a type, but those that vary', (version) => {
    const untyped = tagsOf(version).filter(([, tag]) => tagTypes(tag, version).length === 0);
    const varying = ['AttributeValue', 'CustomAttribute', 'AdjustmentValue'];
    expect(untyped.filter(([name]) => !varying.includes(name))).toEqual([]);
  });

  it.each(versions)('of %s gives every tag of type Enumeration one, but one', (version) => {
    const enumerated = tagsOf(version).filter(([, tag]) =>
      tagTypes(tag, version).includes('Enumeration'),
    );
    const bare = enumerated.filter(([, tag]) => enumerationOf(tag, version) === undefined);
    expect(enumerated.length).toBeGreaterThan(40);
    // Opaque Data Types are extensions all.
    expect(bare.map(([name]) => name)).toEqual(['OpaqueDataType']);
  });

  it('knows which version has a tag', () => {
    expect(tagName(tags.TemplateAttribute, '1.4')).toBe('TemplateAttribute');
    expect(tagName(tags.TemplateAttribute, '2.0')).toBeUndefined();
    expect(tagNamed('Attributes', '1.4')).toBeUndefined();
    expect(tagNamed('Attributes', '2.0')).toBe(0x42_0125);
    expect(tagNamed('RotateName', '2.0')).toBeUndefined();
    expect(tagNamed('RotateName', '2.1')).toBe(0x42_016f);
    expect(tagNamed('toString', '2.1')).toBeUndefined();
  });

  it('spells values as the version does', () => {
    const hash = tags.HashingAlgorithm;
    expect(enumerationName(hash, 0x0f, '1.4')).toBe('SHA_3_256');
    expect(enumerationName(hash, 0x0f, '2.1')).toBe('SHA3_256');
    expect(enumerationNamed(tags.DigitalSignatureAlgorithm, 'RSASSA_PSS', '1.4')).toBeUndefined();
    expect(enumerationName(tags.ResultReason, 0x0b, '1.4')).toBe('IllegalOperation');
    expect(enumerationName(tags.ResultReason, 0x0b, '2.0')).toBeUndefined();
    expect(enumerationName(tags.AsynchronousIndicator, 1, '1.4')).toBeUndefined();
    expect(enumerationName(tags.ProfileName, 0x0104, '1.4')).toBeUndefined();
    expect(enumerationName(tags.ProfileName, 0x0104, '2.0')).toBe('CompleteServerBasic');
  });

  it('knows tags that take the enumeration of another one', () => {
    const mask = tags.MaskGeneratorHashingAlgorithm;
    expect(enumerationNamed(mask, 'SHA_256', '2.1')).toBe(6);
    expect(enumerationNamed(tags.AttributeReference, 'ActivationDate', '2.1')).toBe(0x42_0001);
    expect(enumerationName(tags.AttributeReference, 0x42_0001, '2.1')).toBe('ActivationDate');
    expect(enumerationNamed(tags.PrivateKeyUniqueIdentifier, 'IDPlaceholder', '2.1')).toBe(1);
    expect(enumerationNamed(tags.PKCS_11Function, 'C_GetInfo', '2.1')).toBe(3);
  });

  it('reads an Attribute Value by the names of its attribute', () => {
    const named = (name: string) =>
      namingTag(tags.AttributeValue, '1.4', {
        before: [{ tag: tags.AttributeName, type: 'TextString', value: name }],
      });
    expect(named('Cryptographic Usage Mask')).toBe(tags.CryptographicUsageMask);
    expect(named('x-mine')).toBe(tags.AttributeValue);
    expect(namingTag(tags.State, '1.4', { before: [] })).toBe(tags.State);
  });

  it('says a mask by its bits, lowest first, and the rest in hex', () => {
    const mask = tags.CryptographicUsageMask;
    expect(maskNames(mask, 0x83c, '2.1')).toEqual([
      ...['Encrypt', 'Decrypt', 'WrapKey', 'UnwrapKey', 'KeyAgreement'],
    ]);
    expect(maskNames(mask, 0x41, '2.1')).toEqual(['Sign', '0x00000040']);
    expect(maskNames(mask, 0x41, '1.4')).toEqual(['Sign', 'Export']);
    expect(maskNames(mask, 0, '2.1')).toBeUndefined();
    expect(maskNames(mask, -1, '2.1')).toBeUndefined();
    expect(maskNames(tags.BatchCount, 3, '2.1')).toBeUndefined();
  });

  it('understands spellings of implementations', () => {
    expect(tagNamedLoosely('X509CertificateIdentifier', '2.1')).toBe(
      tags.X_509CertificateIdentifier,
    );
    expect(tagNamedLoosely('QLength', '2.1')).toBe(tags.Qlength);
    expect(tagNamedLoosely('BtachItem', '2.1')).toBeUndefined();
    const value = (tag: number, name: string) => enumerationNamedLoosely(tag, name, '2.1');
    expect(value(tags.HashingAlgorithm, 'SHA256')).toBe(6);
    expect(value(tags.CryptographicAlgorithm, 'THREE_DES')).toBe(2);
    expect(value(tags.MaskGenerator, 'MFG1')).toBe(1);
    expect(value(tags.PaddingMethod, 'ANSI_X923')).toBe(value(tags.PaddingMethod, 'ANSIX9_23'));
    expect(value(tags.ResultReason, 'Item_Not_Found')).toBe(1);
    expect(value(tags.ResultReason, 'Nothing')).toBeUndefined();
  });

  it.each(versions)('of %s has no two names that fall together loosely', (version) => {
    const folded = (name: string) => name.replaceAll('_', '').toLowerCase();
    for (const [, tag] of tagsOf(version)) {
      const names = [...enumerationValues(tag, version).keys()].map(folded);
      expect(new Set(names).size).toBe(names.length);
    }
    const names = tagsOf(version).map(([name]) => folded(name));
    expect(new Set(names).size).toBe(names.length);
  });
});

function tagOfEnumeration(title: string, version: Version): number {
  if (title === 'Item Type') return tags.ExtensionType;
  const name = title === 'Profile Name Type' ? 'ProfileName' : normalisedName(title);
  return tagNamed(name, version) ?? 0;
}
