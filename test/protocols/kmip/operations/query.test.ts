import { describe, expect, it } from 'vitest';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { operations } from '#src/protocols/kmip/operations/table.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import { ask, identifierOf, outcomes, payloadOf, testServer, uid } from './talk.ts';

const { Operation: codes, QueryFunction: functions } = enumerations;

const asked = (name: keyof typeof functions) =>
  items.enumeration(tags.QueryFunction, functions[name]);

function values(payload: Item | undefined, tag: number): readonly unknown[] {
  return items.all(payload, tag).map(({ value }) => value);
}

describe('Query', () => {
  const told = (version: string) =>
    values(
      payloadOf(ask(testServer(), 'Query', [asked('QueryOperations')], { version })),
      tags.Operation,
    );

  it('tells every operation that is done, and no other', () => {
    expect(told('2.1')).toEqual([...operations.keys()]);
  });

  it('tells no operation that the version has not', () => {
    expect(told('1.4')).toContain(codes.Encrypt);
    expect(told('1.4')).not.toContain(codes.SetAttribute);
    expect(told('1.0')).not.toContain(codes.Encrypt);
    expect(told('1.0')).toContain(codes.Locate);
  });

  it('tells what was asked, in the order of the standard', () => {
    const payload = [asked('QueryServerInformation'), asked('QueryObjects')];
    const response = payloadOf(ask(testServer(), 'Query', payload));
    const told = items.parts(response).map(({ tag }) => tag);
    expect(told.lastIndexOf(tags.ObjectType)).toBeLessThan(told.indexOf(tags.VendorIdentification));
    expect(told).not.toContain(tags.Operation);
  });

  it('wants at least one function, and knows it', () => {
    expect(outcomes(ask(testServer(), 'Query', []))).toEqual(['InvalidMessage']);
    const unknown = items.enumeration(tags.QueryFunction, 99);
    expect(outcomes(ask(testServer(), 'Query', [unknown]))).toEqual(['UnknownEnumeration']);
  });
});

describe('Discover Versions', () => {
  const version = (major: number, minor: number) =>
    items.structure(tags.ProtocolVersion, [
      items.integer(tags.ProtocolVersionMajor, major),
      items.integer(tags.ProtocolVersionMinor, minor),
    ]);
  const told = (...wanted: readonly Item[]) =>
    items
      .all(payloadOf(ask(testServer(), 'DiscoverVersions', wanted)), tags.ProtocolVersion)
      .map((each) =>
        items
          .parts(each)
          .map(({ value }) => value)
          .join('.'),
      );

  it('tells all versions, the preferred one first', () => {
    expect(told()).toEqual(['2.1', '2.0', '1.4', '1.3', '1.2', '1.1', '1.0']);
  });

  it('tells which of some versions are spoken', () => {
    expect(told(version(1, 4), version(3, 0), version(2, 1))).toEqual(['2.1', '1.4']);
    expect(told(version(3, 0))).toEqual([]);
  });
});

describe('Create', () => {
  it('chooses a length where none is said', () => {
    const server = testServer();
    const attributes = [
      items.enumeration(tags.CryptographicAlgorithm, enumerations.CryptographicAlgorithm.AES),
      items.integer(tags.CryptographicUsageMask, 0xc),
    ];
    const type = items.enumeration(tags.ObjectType, enumerations.ObjectType.SymmetricKey);
    const made = ask(server, 'Create', [type, items.structure(tags.Attributes, attributes)]);
    const told = ask(server, 'GetAttributes', [uid(identifierOf(made))]);
    const own = items.part(payloadOf(told), tags.Attributes);
    expect(items.integerOf(own, tags.CryptographicLength)).toBe(256);
  });

  it('makes no objects but symmetric keys and, in 2.x, secrets', () => {
    const said = (type: keyof typeof enumerations.ObjectType, version: string) => {
      const payload = [
        items.enumeration(tags.ObjectType, enumerations.ObjectType[type]),
        version === '1.4'
          ? items.structure(tags.TemplateAttribute)
          : items.structure(tags.Attributes, [items.integer(tags.CryptographicLength, 128)]),
      ];
      return outcomes(ask(testServer(), 'Create', payload, { version }))[0];
    };
    expect(said('SecretData', '2.1')).toBe('Success');
    expect(said('SecretData', '1.4')).toBe('InvalidField');
    expect(said('PublicKey', '2.1')).toBe('InvalidObjectType');
  });
});

describe('Register', () => {
  const aes = enumerations.CryptographicAlgorithm.AES;
  const block = (parts: readonly Item[]) =>
    items.structure(tags.SymmetricKey, [
      items.structure(tags.KeyBlock, [
        items.enumeration(tags.KeyFormatType, enumerations.KeyFormatType.Raw),
        ...parts,
        items.enumeration(tags.CryptographicAlgorithm, aes),
        items.integer(tags.CryptographicLength, 128),
      ]),
    ]);
  const value = (bytes: number) =>
    items.structure(tags.KeyValue, [items.bytes(tags.KeyMaterial, new Uint8Array(bytes))]);
  const register = (attributes: readonly Item[], body: Item) => [
    items.enumeration(tags.ObjectType, enumerations.ObjectType.SymmetricKey),
    items.structure(tags.Attributes, attributes),
    body,
  ];
  const location = items.structure(tags.KeyValueLocation, [
    items.text(tags.KeyValueLocationValue, 'elsewhere'),
    items.enumeration(tags.KeyValueLocationType, 1),
  ]);

  it.each([
    ['a key', [], block([value(16)]), 'Success'],
    ['a key that is too short', [], block([value(15)]), 'InvalidAttributeValue'],
    ['no key', [], block([]), 'InvalidMessage'],
    ['a key elsewhere', [location], block([]), 'Success'],
    [
      'a key of another length',
      [items.integer(tags.CryptographicLength, 256)],
      block([value(16)]),
      'InvalidAttributeValue',
    ],
    ['an object of another type', [], items.structure(tags.OpaqueObject), 'InvalidMessage'],
  ] as const)('takes or refuses %s', (_what, attributes, body, wanted) => {
    const response = ask(testServer(), 'Register', register(attributes, body));
    expect(outcomes(response)).toEqual([wanted]);
  });

  it('knows of a key elsewhere, and cannot give it', () => {
    const server = testServer();
    const identifier = identifierOf(ask(server, 'Register', register([location], block([]))));
    expect(outcomes(ask(server, 'Get', [uid(identifier)]))).toEqual(['KeyValueNotPresent']);
  });
});
