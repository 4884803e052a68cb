import { describe, expect, it } from 'vitest';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import {
  aesAttributes,
  aesKey,
  ask,
  identifierOf,
  madeKey,
  name,
  outcomes,
  payloadOf,
  testServer,
  uid,
  type OperationName,
  type TestServer,
} from './talk.ts';

/** An attribute as 1.x writes it. */
function attribute(called: string, value: Item, index?: number): Item {
  return items.structure(tags.Attribute, [
    items.text(tags.AttributeName, called),
    index === undefined ? null : items.integer(tags.AttributeIndex, index),
    { ...value, tag: tags.AttributeValue },
  ]);
}

const template = (...attributes: readonly Item[]) =>
  items.structure(tags.TemplateAttribute, attributes);

const one = { version: '1.4' } as const;

function madeInOne(server: TestServer, ...more: readonly Item[]): string {
  const [algorithm, length, mask] = aesAttributes();
  if (algorithm === undefined || length === undefined || mask === undefined) return 'none';
  const payload = [
    items.enumeration(tags.ObjectType, enumerations.ObjectType.SymmetricKey),
    template(
      attribute('Cryptographic Algorithm', algorithm),
      attribute('Cryptographic Length', length),
      attribute('Cryptographic Usage Mask', mask),
      ...more,
    ),
  ];
  return identifierOf(ask(server, 'Create', payload, one));
}

function listed(response: Item): readonly string[] {
  return items
    .all(payloadOf(response), tags.AttributeName)
    .flatMap((each) => (each.type === 'TextString' ? [each.value] : []));
}

describe('attributes in 1.x', () => {
  it('are the same ones that 2.x sees', () => {
    const server = testServer();
    const custom = items.text(tags.AttributeValue, 'blue');
    const identifier = madeInOne(
      server,
      attribute('x-colour', custom),
      attribute('Name', name('a')),
    );
    const response = ask(server, 'GetAttributes', [uid(identifier)]);
    const attributes = items.part(payloadOf(response), tags.Attributes);
    const vendor = items.part(attributes, tags.Attribute);
    expect(items.textOf(vendor, tags.VendorIdentification)).toBe('x');
    expect(items.textOf(vendor, tags.AttributeName)).toBe('colour');
    expect(items.textOf(vendor, tags.AttributeValue)).toBe('blue');
    expect(items.integerOf(attributes, tags.CryptographicLength)).toBe(128);
    expect(items.textOf(items.part(attributes, tags.Name), tags.NameValue)).toBe('a');
  });

  it('are told under their names, the second value of one with its index', () => {
    const server = testServer();
    const identifier = madeInOne(server, attribute('Name', name('a')));
    const added = ask(server, 'AddAttribute', [uid(identifier), attribute('Name', name('b'))], one);
    const echoed = items.part(payloadOf(added), tags.Attribute);
    expect(items.integerOf(echoed, tags.AttributeIndex)).toBe(1);
    const wanted = items.text(tags.AttributeName, 'Name');
    const told = ask(server, 'GetAttributes', [uid(identifier), wanted], one);
    const indices = items
      .all(payloadOf(told), tags.Attribute)
      .map((each) => items.integerOf(each, tags.AttributeIndex));
    expect(indices).toEqual([undefined, 1]);
  });

  it('are only those that the version has', () => {
    const server = testServer();
    const identifier = madeInOne(server);
    const names = (version: string) =>
      listed(ask(server, 'GetAttributeList', [uid(identifier)], { version }));
    expect(names('1.4')).toContain('Sensitive');
    expect(names('1.3')).not.toContain('Sensitive');
    expect(names('1.0')).not.toContain('Fresh');
    expect(names('1.4')).not.toContain('');
    expect(names('1.4')).not.toContain('Short Unique Identifier');
  });

  it('have only the fields that the version has', () => {
    const server = testServer();
    const identifier = madeInOne(server);
    const wanted = items.text(tags.AttributeName, 'Digest');
    const fields = (version: string) => {
      const told = ask(server, 'GetAttributes', [uid(identifier), wanted], { version });
      const value = items.part(items.part(payloadOf(told), tags.Attribute), tags.AttributeValue);
      return items.parts(value).map(({ tag }) => tag);
    };
    expect(fields('1.0')).toEqual([tags.HashingAlgorithm, tags.DigestValue]);
    expect(fields('1.1')).toContain(tags.KeyFormatType);
  });

  it('are known by their exact spelling only', () => {
    const server = testServer();
    const wrong = attribute('Cryptographic algorithm', items.enumeration(tags.AttributeValue, 3));
    expect(outcomes(ask(server, 'Locate', [wrong], one), '1.4')).toEqual(['InvalidField']);
  });

  it('are modified and deleted by their index', () => {
    const server = testServer();
    const identifier = madeInOne(
      server,
      attribute('Name', name('a')),
      attribute('Name', name('b')),
    );
    const modified = ask(
      server,
      'ModifyAttribute',
      [uid(identifier), attribute('Name', name('c'), 1)],
      one,
    );
    expect(outcomes(modified, '1.4')).toEqual(['Success']);
    const deleting = [uid(identifier), items.text(tags.AttributeName, 'Name')];
    const deleted = ask(server, 'DeleteAttribute', deleting, one);
    const value = items.part(items.part(payloadOf(deleted), tags.Attribute), tags.AttributeValue);
    expect(items.textOf(value, tags.NameValue)).toBe('a');
    const beyond = [...deleting, items.integer(tags.AttributeIndex, 1)];
    expect(outcomes(ask(server, 'DeleteAttribute', beyond, one), '1.4')).toEqual(['ItemNotFound']);
  });
});

describe('changing attributes in 2.x', () => {
  const fresh = () => {
    const server = testServer();
    return { server, identifier: madeKey(server, [name('a')]) };
  };
  const into = (value: Item) => items.structure(tags.NewAttribute, [value]);
  const from = (value: Item) => items.structure(tags.CurrentAttribute, [value]);
  const description = (value: string) => items.text(tags.Description, value);
  const says = (operation: OperationName, payload: readonly Item[]) => {
    const { server, identifier } = fresh();
    return outcomes(ask(server, operation, [uid(identifier), ...payload]))[0];
  };

  it.each([
    ['adds', 'AddAttribute', into(description('a')), 'Success'],
    [
      'adds a read-only one',
      'AddAttribute',
      into(items.enumeration(tags.State, 2)),
      'AttributeReadOnly',
    ],
    ['adds a name that is taken', 'AddAttribute', into(name('a')), 'NonUniqueNameAttribute'],
    [
      'adds a wrong type',
      'AddAttribute',
      into(items.integer(tags.Description, 1)),
      'InvalidDataType',
    ],
    [
      'adds what is no attribute',
      'AddAttribute',
      into(items.text(tags.Username, 'a')),
      'UnsupportedAttribute',
    ],
    ['modifies what is not there', 'ModifyAttribute', into(description('a')), 'AttributeNotFound'],
    ['modifies', 'ModifyAttribute', into(name('b')), 'Success'],
    [
      'modifies the length',
      'ModifyAttribute',
      into(items.integer(tags.CryptographicLength, 8)),
      'AttributeReadOnly',
    ],
    ['sets', 'SetAttribute', into(description('a')), 'Success'],
    ['sets again', 'SetAttribute', into(name('b')), 'Success'],
  ] as const)('%s', (_what, operation, payload, wanted) => {
    expect(says(operation, [payload])).toBe(wanted);
  });

  it('wants to know which of several values', () => {
    const { server, identifier } = fresh();
    ask(server, 'AddAttribute', [uid(identifier), into(name('b'))]);
    const modified = (payload: readonly Item[]) =>
      outcomes(ask(server, 'ModifyAttribute', [uid(identifier), ...payload]))[0];
    expect(modified([into(name('c'))])).toBe('MultiValuedAttribute');
    expect(modified([from(name('x')), into(name('c'))])).toBe('AttributeInstanceNotFound');
    expect(modified([from(name('b')), into(name('c'))])).toBe('Success');
  });

  it('adds a single-valued one once', () => {
    const { server, identifier } = fresh();
    const added = () =>
      outcomes(ask(server, 'AddAttribute', [uid(identifier), into(description('a'))]))[0];
    expect([added(), added()]).toEqual(['Success', 'AttributeSingleValued']);
  });

  it('deletes by reference all, by value one', () => {
    const { server, identifier } = fresh();
    ask(server, 'AddAttribute', [uid(identifier), into(name('b'))]);
    const deleted = (payload: Item) =>
      outcomes(ask(server, 'DeleteAttribute', [uid(identifier), payload]))[0];
    const reference = items.enumeration(tags.AttributeReference, tags.Name);
    expect(deleted(from(name('b')))).toBe('Success');
    expect(deleted(from(name('b')))).toBe('AttributeInstanceNotFound');
    expect(deleted(reference)).toBe('Success');
    expect(deleted(reference)).toBe('AttributeNotFound');
    expect(deleted(items.enumeration(tags.AttributeReference, tags.State))).toBe(
      'AttributeReadOnly',
    );
  });
});

describe('Locate', () => {
  it('goes by every attribute that is given', () => {
    const server = testServer({ names: 'shared' });
    const first = madeKey(server, [name('a')]);
    const second = madeKey(server, [name('a'), items.text(tags.Comment, 'b')]);
    const found = (...wanted: readonly Item[]) =>
      items
        .all(
          payloadOf(ask(server, 'Locate', [items.structure(tags.Attributes, wanted)])),
          tags.UniqueIdentifier,
        )
        .map((each) => each.value);
    expect(found(name('a'))).toEqual([second, first]);
    expect(found(name('a'), items.text(tags.Comment, 'b'))).toEqual([second]);
    expect(found(name('z'))).toEqual([]);
    expect(found(items.integer(tags.CryptographicUsageMask, 4))).toEqual([second, first]);
    expect(found(items.integer(tags.CryptographicUsageMask, 5))).toEqual([]);
    expect(found()).toEqual([second, first]);
  });

  it('gives a page', () => {
    const server = testServer();
    const made = [madeKey(server), madeKey(server), madeKey(server)];
    const page = [items.integer(tags.MaximumItems, 1), items.integer(tags.OffsetItems, 1)];
    const response = ask(server, 'Locate', page);
    expect(items.all(payloadOf(response), tags.UniqueIdentifier).map(({ value }) => value)).toEqual(
      [made[1]],
    );
  });
});

describe('what a client says of a new object', () => {
  it.each([
    [
      'twice one of one value',
      items.integer(tags.CryptographicLength, 128),
      'AttributeSingleValued',
    ],
    ['a state', items.enumeration(tags.State, 2), 'AttributeReadOnly'],
    ['its own type', items.enumeration(tags.ObjectType, 2), 'Success'],
    ['another type', items.enumeration(tags.ObjectType, 3), 'AttributeReadOnly'],
    ['a mask of another type', items.text(tags.Sensitive, 'yes'), 'InvalidDataType'],
    ['an end in the past', items.dateTime(tags.DeactivationDate, 5n), 'Success'],
  ])('%s', (_what, extra, wanted) => {
    const payload = [
      items.enumeration(tags.ObjectType, enumerations.ObjectType.SymmetricKey),
      items.structure(tags.Attributes, aesAttributes([extra])),
    ];
    expect(outcomes(ask(testServer(), 'Create', payload))).toEqual([wanted]);
  });

  it('may not be an end before its beginning', () => {
    const server = testServer();
    const begin = items.dateTime(tags.ActivationDate, 10n);
    const end = items.dateTime(tags.DeactivationDate, 9n);
    expect(outcomes(ask(server, 'Create', aesKey([begin, end])))).toEqual([
      'InvalidAttributeValue',
    ]);
  });

  it('may not be a name that is taken, until its object is destroyed', () => {
    const server = testServer();
    const first = madeKey(server, [name('a')]);
    expect(madeKey(server, [name('a')])).toBe('none');
    ask(server, 'Destroy', [uid(first)]);
    expect(madeKey(server, [name('a')])).not.toBe('none');
  });
});

describe('sensitive and extractable objects', () => {
  it('do not leave, and remember that they once could', () => {
    const server = testServer();
    const identifier = madeKey(server, [items.boolean(tags.Sensitive, true)]);
    expect(outcomes(ask(server, 'Get', [uid(identifier)]))).toEqual(['Sensitive']);
    const open = items.structure(tags.NewAttribute, [items.boolean(tags.Sensitive, false)]);
    ask(server, 'ModifyAttribute', [uid(identifier), open]);
    const response = ask(server, 'GetAttributes', [uid(identifier)]);
    const attributes = items.part(payloadOf(response), tags.Attributes);
    expect(items.booleanOf(attributes, tags.AlwaysSensitive)).toBe(false);
    expect(outcomes(ask(server, 'Get', [uid(identifier)]))).toEqual(['Success']);
    const kept = madeKey(server, [items.boolean(tags.Extractable, false)]);
    expect(outcomes(ask(server, 'Get', [uid(kept)]))).toEqual(['NotExtractable']);
  });
});
