import { describe, expect, it } from 'vitest';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import type { Habits } from '#src/protocols/kmip/operations/model/habits.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import {
  aesKey,
  ask,
  item,
  madeKey,
  message,
  name,
  outcomes,
  payloadOf,
  testServer,
  uid,
} from './talk.ts';

const query = item('Query', [
  items.enumeration(tags.QueryFunction, enumerations.QueryFunction.QueryObjects),
]);
const withId = (byte: number) =>
  item('Create', aesKey(), [items.bytes(tags.UniqueBatchItemID, Uint8Array.of(byte))]);
const said = (habits: Partial<Habits>, request: Item) => outcomes(testServer(habits).ask(request));
const headerPart = (response: Item, tag: number) =>
  items.part(items.part(response, tags.ResponseHeader), tag);

describe('what is read in two ways', () => {
  it('batch items without an ID', () => {
    const request = message('2.1', [withId(1), query]);
    expect(said({}, request)).toEqual(['Success', 'Success']);
    expect(said({ missingBatchItemId: 'refused' }, request)).toEqual(['InvalidMessage']);
    expect(said({ missingBatchItemId: 'refused' }, message('2.1', [query]))).toEqual(['Success']);
  });

  it('batch items with one ID', () => {
    const request = message('2.1', [withId(1), withId(1)]);
    expect(said({}, request)).toEqual(['Success', 'Success']);
    expect(said({ repeatedBatchItemId: 'refused' }, request)).toEqual(['InvalidMessage']);
    const different = message('2.1', [withId(1), withId(2)]);
    expect(said({ repeatedBatchItemId: 'refused' }, different)).toEqual(['Success', 'Success']);
  });

  it('a continuation option for one item', () => {
    const fields = [items.enumeration(tags.BatchErrorContinuationOption, 1)];
    const request = message('2.1', [query], { fields });
    expect(said({}, request)).toEqual(['Success']);
    expect(said({ loneContinuationOption: 'refused' }, request)).toEqual(['InvalidMessage']);
  });

  it('a placeholder without an order', () => {
    const fields = [items.boolean(tags.BatchOrderOption, false)];
    const request = message('2.1', [withId(1), item('Get', [])], { fields });
    expect(said({}, request)).toEqual(['Success', 'Success']);
    expect(said({ placeholderWithoutOrder: 'refused' }, request)[1]).toBe('ObjectNotFound');
  });

  it('and no order is usual in 1.x, order in 2.x', () => {
    const server = testServer({ placeholderWithoutOrder: 'refused' });
    madeKey(server);
    const usual = (version: '1.4' | '2.1') => {
      const request = message(version, [item('Locate', []), item('Get', [])]);
      return outcomes(server.ask(request), version)[1];
    };
    expect([usual('1.4'), usual('2.1')]).toEqual(['ItemNotFound', 'Success']);
  });

  it('where an asynchronous request is refused', () => {
    const { Mandatory } = enumerations.AsynchronousIndicator;
    const fields = [items.enumeration(tags.AsynchronousIndicator, Mandatory)];
    const request = message('2.1', [query], { fields });
    const operation = (habits: Partial<Habits>) =>
      items.part(items.part(testServer(habits).ask(request), tags.BatchItem), tags.Operation);
    expect(operation({})).toBeDefined();
    expect(operation({ asynchronousRefused: 'message' })).toBeUndefined();
    expect(said({ asynchronousRefused: 'message' }, request)).toEqual(['FeatureNotSupported']);
  });

  it('correlation values in the response', () => {
    const fields = [items.text(tags.ClientCorrelationValue, 'mine')];
    const request = message('2.1', [query], { fields });
    const told = (habits: Partial<Habits>, tag: number) =>
      headerPart(testServer(habits).ask(request), tag)?.value;
    expect(told({}, tags.ClientCorrelationValue)).toBeUndefined();
    expect(told({ clientCorrelation: 'echoed' }, tags.ClientCorrelationValue)).toBe('mine');
    expect(told({ serverCorrelation: 'sent' }, tags.ServerCorrelationValue)).toMatch(
      /^[0-9a-f]{16}$/,
    );
    expect(told({}, tags.ServerCorrelationValue)).toBeUndefined();
  });

  it('Located Items, and the order of what is located', () => {
    const located = (habits: Partial<Habits>) => {
      const server = testServer(habits);
      const made = [madeKey(server), madeKey(server)];
      const payload = payloadOf(ask(server, 'Locate', []));
      const found = items.all(payload, tags.UniqueIdentifier).map(({ value }) => value);
      return {
        count: items.integerOf(payload, tags.LocatedItems),
        oldestFirst: found[0] === made[0] && found[1] === made[1],
      };
    };
    expect(located({})).toEqual({ count: undefined, oldestFirst: false });
    expect(located({ locatedItems: 'sent', locateOrder: 'oldestFirst' })).toEqual({
      count: 2,
      oldestFirst: true,
    });
  });

  it('a message without items', () => {
    const empty = message('2.1', []);
    expect(said({}, empty)).toEqual(['InvalidMessage']);
    expect(said({ emptyBatch: 'answered' }, empty)).toEqual([]);
  });

  it('the ID Placeholder behind a Locate that found several', () => {
    const got = (habits: Partial<Habits>) => {
      const server = testServer(habits);
      madeKey(server);
      return outcomes(server.ask(message('2.1', [withId(1), item('Locate', []), item('Get', [])])));
    };
    expect(got({})).toEqual(['Success', 'Success', 'ObjectNotFound']);
    expect(got({ placeholderAfterLocate: 'kept' })).toEqual(['Success', 'Success', 'Success']);
  });

  it('an order that is not said in 1.x', () => {
    const habits = { placeholderWithoutOrder: 'refused' } as const;
    const second = (more: Partial<Habits>) => {
      const server = testServer({ ...habits, ...more });
      madeKey(server);
      return outcomes(server.ask(message('1.4', [item('Locate', []), item('Get', [])])), '1.4')[1];
    };
    expect([second({}), second({ batchOrder: 'always' })]).toEqual(['ItemNotFound', 'Success']);
  });

  it('what was revoked: whether it is fetched, and revoked again', () => {
    const then = (habits: Partial<Habits>, deed: 'Get' | 'Revoke') => {
      const server = testServer(habits);
      const id = madeKey(server);
      const compromised = items.structure(tags.RevocationReason, [
        items.enumeration(
          tags.RevocationReasonCode,
          enumerations.RevocationReasonCode.KeyCompromise,
        ),
      ]);
      const revoke = () => ask(server, 'Revoke', [uid(id), compromised]);
      expect(outcomes(revoke())).toEqual(['Success']);
      return outcomes(deed === 'Get' ? ask(server, 'Get', [uid(id)]) : revoke());
    };
    expect(then({}, 'Get')).toEqual(['Success']);
    expect(then({ readRevoked: 'refused' }, 'Get')).toEqual(['WrongKeyLifecycleState']);
    expect(then({}, 'Revoke')).toEqual(['WrongKeyLifecycleState']);
    expect(then({ revokeAgain: 'accepted' }, 'Revoke')).toEqual(['Success']);
  });

  it('what Destroy leaves', () => {
    const then = (habits: Partial<Habits>) => {
      const server = testServer(habits);
      const id = madeKey(server);
      ask(server, 'Destroy', [uid(id)]);
      return outcomes(ask(server, 'GetAttributes', [uid(id)]));
    };
    expect(then({})).toEqual(['Success']);
    expect(then({ afterDestroy: 'nothing' })).toEqual(['ObjectNotFound']);
  });

  it('one name for two objects', () => {
    const second = (habits: Partial<Habits>) => {
      const server = testServer(habits);
      madeKey(server, [name('a')]);
      return madeKey(server, [name('a')]) !== 'none';
    };
    expect([second({}), second({ names: 'shared' })]).toEqual([false, true]);
  });

  it.each([
    ['ignored', 0],
    ['partly', 16],
    ['whole', 32],
    ['refused', undefined],
  ] as const)('a seed: %s', (seeding, used) => {
    const response = ask(testServer({ seeding }), 'RNGSeed', [
      items.bytes(tags.Data, new Uint8Array(32)),
    ]);
    expect(items.integerOf(payloadOf(response), tags.DataLength)).toBe(used);
    expect(outcomes(response)).toEqual([used === undefined ? 'PermissionDenied' : 'Success']);
  });

  it('any reason, by the trouble that it is given for', () => {
    const habits = { reasons: { objectNotFound: 'PermissionDenied' } } as const;
    expect(outcomes(ask(testServer(habits), 'Get', [uid('nobody')]))).toEqual(['PermissionDenied']);
  });
});
