import { describe, expect, it } from 'vitest';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import {
  aesKey,
  ask,
  identifierOf,
  item,
  madeKey,
  message,
  name,
  outcomes,
  payloadOf,
  testServer,
  uid,
} from './talk.ts';

type Option = keyof typeof enumerations.BatchErrorContinuationOption;

const option = (chosen: Option) =>
  items.enumeration(
    tags.BatchErrorContinuationOption,
    enumerations.BatchErrorContinuationOption[chosen],
  );
const batchItemId = (byte: number) => items.bytes(tags.UniqueBatchItemID, Uint8Array.of(byte));
const isOrdered = (value: boolean) => items.boolean(tags.BatchOrderOption, value);

/** Items that make a key each, but for one that fails. */
function batchOf(count: number, failing: number | null): readonly Item[] {
  return Array.from({ length: count }, (_, index) =>
    index === failing
      ? item('Get', [uid('nobody')], [batchItemId(index)])
      : item('Create', aesKey(), [batchItemId(index)]),
  );
}

const cases = [1, 2, 3, 4].flatMap((count) =>
  [null, ...Array.from({ length: count }, (_, index) => index)].flatMap((failing) =>
    ([null, 'Continue', 'Stop', 'Undo'] as const).flatMap((chosen) =>
      [true, false, null].map((ordered) => ({ count, failing, chosen, ordered })),
    ),
  ),
);

describe('a batch', () => {
  it.each(cases)(
    'of $count, failing at $failing, with $chosen, ordered $ordered',
    ({ count, failing, chosen, ordered }) => {
      const server = testServer();
      const fields = [
        ...(chosen === null ? [] : [option(chosen)]),
        ...(ordered === null ? [] : [isOrdered(ordered)]),
      ];
      const response = server.ask(message('2.1', batchOf(count, failing), { fields }));
      const all = Array.from({ length: count }, (_, index) =>
        index === failing ? 'ObjectNotFound' : 'Success',
      );
      const upToFailure = failing === null ? all : all.slice(0, failing + 1);
      const undone = upToFailure.map((one) => (one === 'Success' ? 'Undone' : one));
      const wanted =
        failing === null || chosen === 'Continue' ? all : chosen === 'Undo' ? undone : upToFailure;
      expect(outcomes(response)).toEqual(wanted);
      expect(server.state.objects.size).toBe(wanted.filter((one) => one === 'Success').length);
      const header = items.part(response, tags.ResponseHeader);
      expect(items.integerOf(header, tags.BatchCount)).toBe(wanted.length);
      const ids = items
        .all(response, tags.BatchItem)
        .map((each) => items.bytesOf(each, tags.UniqueBatchItemID)?.[0]);
      expect(ids).toEqual(wanted.map((_, index) => index));
    },
  );

  it('takes back with Undo what was changed, made and destroyed', () => {
    const server = testServer();
    const old = madeKey(server, [name('old')]);
    const batch = [
      item('Activate', [uid(old)]),
      item('Create', aesKey([name('new')])),
      item('Destroy', []),
      item('Check', [uid(old), items.integer(tags.CryptographicUsageMask, 0x1)]),
    ];
    const response = server.ask(message('2.1', batch, { fields: [option('Undo')] }));
    expect(outcomes(response)).toEqual([
      'Undone',
      'Undone',
      'Undone',
      'IncompatibleCryptographicUsageMask',
    ]);
    expect(server.state.objects.size).toBe(1);
    const asked = ask(server, 'GetAttributes', [
      uid(old),
      items.enumeration(tags.AttributeReference, tags.State),
    ]);
    const attributes = items.part(payloadOf(asked), tags.Attributes);
    expect(items.enumerationOf(attributes, tags.State)).toBe(enumerations.State.PreActive);
  });

  it('can answer the items after a failure as cancelled', () => {
    const server = testServer({ afterStop: 'cancelled' });
    expect(outcomes(server.ask(message('2.1', batchOf(3, 0))))).toEqual([
      'ObjectNotFound',
      'OperationCanceledByRequester',
      'OperationCanceledByRequester',
    ]);
    expect(server.state.objects.size).toBe(0);
  });
});

describe('the ID Placeholder', () => {
  it('is what Create made, for every operation after it', () => {
    const server = testServer();
    const batch = [
      item('Create', aesKey()),
      item('Activate', []),
      item('Get', []),
      item('GetAttributeList', []),
    ];
    const response = server.ask(message('2.1', batch));
    expect(outcomes(response)).toEqual(['Success', 'Success', 'Success', 'Success']);
    const made = identifierOf(response);
    expect([1, 2, 3].map((index) => identifierOf(response, index))).toEqual([made, made, made]);
  });

  it('is gone with the batch', () => {
    const server = testServer();
    madeKey(server);
    expect(outcomes(ask(server, 'Get', []))).toEqual(['ObjectNotFound']);
    expect(outcomes(ask(server, 'Get', [], { version: '1.4' }), '1.4')).toEqual(['ItemNotFound']);
  });

  it.each([
    { matches: 0, wanted: 'ObjectNotFound' },
    { matches: 1, wanted: 'Success' },
    { matches: 2, wanted: 'ObjectNotFound' },
  ])('after Locate of $matches gives $wanted', ({ matches, wanted }) => {
    const server = testServer({ names: 'shared' });
    for (let made = 0; made < matches; made += 1) madeKey(server, [name('wanted')]);
    const other = madeKey(server);
    const located = items.structure(tags.Attributes, [name('wanted')]);
    const batch = [item('Get', [uid(other)]), item('Locate', [located]), item('Get', [])];
    expect(outcomes(server.ask(message('2.1', batch)))).toEqual(['Success', 'Success', wanted]);
  });

  it('is not moved by operations that name an object', () => {
    const server = testServer();
    const other = madeKey(server);
    const batch = [item('Create', aesKey()), item('Get', [uid(other)]), item('Get', [])];
    const response = server.ask(message('2.1', batch));
    expect(identifierOf(response, 2)).toBe(identifierOf(response, 0));
  });

  it('outlives a failure with Continue, or not, as it is read', () => {
    const batch = [item('Create', aesKey()), item('Get', [uid('nobody')]), item('Get', [])];
    const request = message('2.1', batch, { fields: [option('Continue')] });
    expect(outcomes(testServer().ask(request))[2]).toBe('Success');
    const emptied = testServer({ placeholderAfterFailure: 'emptied' });
    expect(outcomes(emptied.ask(request))[2]).toBe('ObjectNotFound');
  });

  it('can be pointed at by enumeration and by index in 2.x', () => {
    const server = testServer();
    const { Create, IDPlaceholder } = enumerations.UniqueIdentifier;
    const batch = [
      item('Create', aesKey()),
      item('Create', aesKey()),
      item('Get', [items.enumeration(tags.UniqueIdentifier, IDPlaceholder)]),
      item('Get', [items.enumeration(tags.UniqueIdentifier, Create)]),
      item('Get', [items.integer(tags.UniqueIdentifier, 0)]),
    ];
    const response = server.ask(message('2.1', batch));
    const [first, second] = [identifierOf(response, 0), identifierOf(response, 1)];
    expect(first).not.toBe(second);
    expect([2, 3, 4].map((index) => identifierOf(response, index))).toEqual([
      second,
      second,
      first,
    ]);
  });
});

describe('data of items before', () => {
  it('are used by name, and kept by the server where they are ephemeral', () => {
    const server = testServer();
    const parameters = items.structure(tags.CryptographicParameters, [
      items.enumeration(tags.HashingAlgorithm, enumerations.HashingAlgorithm.SHA_256),
    ]);
    const batch = [
      item(
        'RNGRetrieve',
        [items.integer(tags.DataLength, 8)],
        [items.boolean(tags.Ephemeral, true)],
      ),
      item('Hash', [parameters, items.enumeration(tags.Data, enumerations.Data.RNGRetrieve)]),
    ];
    const response = server.ask(message('2.1', batch));
    expect(outcomes(response)).toEqual(['Success', 'Success']);
    expect(items.part(payloadOf(response), tags.Data)).toBeUndefined();
    expect(items.bytesOf(payloadOf(response, 1), tags.Data)).toHaveLength(32);
  });
});
