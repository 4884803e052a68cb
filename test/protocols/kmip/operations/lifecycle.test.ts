import { describe, expect, it } from 'vitest';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item } from '#src/protocols/kmip/tree.ts';
import {
  ask,
  identifierOf,
  madeKey,
  now,
  outcomes,
  payloadOf,
  testServer,
  uid,
  type OperationName,
  type TestServer,
} from './talk.ts';

type StateName = keyof typeof enumerations.State;

const reason = (code: keyof typeof enumerations.RevocationReasonCode) =>
  items.structure(tags.RevocationReason, [
    items.enumeration(tags.RevocationReasonCode, enumerations.RevocationReasonCode[code]),
  ]);
const ecb = items.structure(tags.CryptographicParameters, [
  items.enumeration(tags.BlockCipherMode, enumerations.BlockCipherMode.ECB),
]);
const block = items.bytes(tags.Data, new Uint8Array(16));

const steps: Readonly<Record<string, readonly [OperationName, readonly Item[]]>> = {
  activate: ['Activate', []],
  revoke: ['Revoke', [reason('Unspecified')]],
  compromise: ['Revoke', [reason('KeyCompromise')]],
  destroy: ['Destroy', []],
  get: ['Get', []],
  encrypt: ['Encrypt', [ecb, block]],
  decrypt: ['Decrypt', [ecb, block]],
  list: ['GetAttributeList', []],
};

function act(server: TestServer, identifier: string, step: string): string | undefined {
  const [operation, payload] = steps[step] ?? ['Ping', []];
  return outcomes(ask(server, operation, [uid(identifier), ...payload]))[0];
}

/** How each state is reached. */
const ways: Readonly<Record<StateName, readonly string[]>> = {
  PreActive: [],
  Active: ['activate'],
  Deactivated: ['activate', 'revoke'],
  Compromised: ['activate', 'compromise'],
  Destroyed: ['destroy'],
  DestroyedCompromised: ['compromise', 'destroy'],
};

function attributesOf(server: TestServer, identifier: string, at = now): Item | undefined {
  const response = ask(server, 'GetAttributes', [uid(identifier)], { at });
  return items.part(payloadOf(response), tags.Attributes);
}

function stateOf(server: TestServer, identifier: string, at = now): string {
  const state = items.enumerationOf(attributesOf(server, identifier, at), tags.State);
  const named = Object.entries(enumerations.State).find(([, value]) => value === state);
  return named?.[0] ?? 'none';
}

const wrong = 'WrongKeyLifecycleState';
const gone = 'ObjectDestroyed';

// prettier-ignore
const table: Readonly<Record<StateName, Readonly<Record<string, string>>>> = {
  PreActive: { activate: 'Active', revoke: wrong, compromise: 'Compromised', destroy: 'Destroyed',
    get: 'PreActive', encrypt: wrong, decrypt: wrong, list: 'PreActive' },
  Active: { activate: wrong, revoke: 'Deactivated', compromise: 'Compromised', destroy: wrong,
    get: 'Active', encrypt: 'Active', decrypt: 'Active', list: 'Active' },
  Deactivated: { activate: wrong, revoke: wrong, compromise: 'Compromised', destroy: 'Destroyed',
    get: 'Deactivated', encrypt: wrong, decrypt: wrong, list: 'Deactivated' },
  Compromised: { activate: wrong, revoke: wrong, compromise: wrong,
    destroy: 'DestroyedCompromised', get: 'Compromised', encrypt: wrong, decrypt: wrong,
    list: 'Compromised' },
  Destroyed: { activate: gone, revoke: gone, compromise: 'DestroyedCompromised', destroy: gone,
    get: gone, encrypt: gone, decrypt: gone, list: 'Destroyed' },
  DestroyedCompromised: { activate: gone, revoke: gone, compromise: gone, destroy: gone, get: gone,
    encrypt: gone, decrypt: gone, list: 'DestroyedCompromised' },
};

const names = Object.keys(ways).filter((name): name is StateName => name in enumerations.State);

describe('the life of an object', () => {
  it.each(names.flatMap((state) => Object.keys(steps).map((step) => ({ state, step }))))(
    '$state, $step',
    ({ state, step }) => {
      const server = testServer();
      const identifier = madeKey(server);
      for (const before of ways[state]) expect(act(server, identifier, before)).toBe('Success');
      expect(stateOf(server, identifier)).toBe(state);
      const wanted = table[state][step] ?? '';
      const isDone = wanted in enumerations.State;
      expect(act(server, identifier, step)).toBe(isDone ? 'Success' : wanted);
      expect(stateOf(server, identifier)).toBe(isDone ? wanted : state);
    },
  );

  it('moves on by its dates', () => {
    const server = testServer();
    const identifier = madeKey(server, [
      items.dateTime(tags.ActivationDate, now + 10n),
      items.dateTime(tags.DeactivationDate, now + 20n),
    ]);
    expect([9n, 10n, 19n, 20n].map((after) => stateOf(server, identifier, now + after))).toEqual([
      'PreActive',
      'Active',
      'Active',
      'Deactivated',
    ]);
  });

  it('writes down when what happened', () => {
    const server = testServer();
    const identifier = madeKey(server);
    const at = (seconds: bigint) => ({ at: now + seconds });
    ask(server, 'Activate', [uid(identifier)], at(1n));
    ask(server, 'Revoke', [uid(identifier), reason('KeyCompromise')], at(2n));
    ask(server, 'Destroy', [uid(identifier)], at(3n));
    const attributes = attributesOf(server, identifier, now + 9n);
    const date = (tag: number) => (items.dateOf(attributes, tag) ?? 0n) - now;
    expect(date(tags.InitialDate)).toBe(0n);
    expect(date(tags.ActivationDate)).toBe(1n);
    expect(date(tags.CompromiseDate)).toBe(2n);
    expect(date(tags.CompromiseOccurrenceDate)).toBe(0n);
    expect(date(tags.DestroyDate)).toBe(3n);
    expect(date(tags.LastChangeDate)).toBe(3n);
  });

  it('ends with no key material anywhere', () => {
    const server = testServer();
    const identifier = madeKey(server);
    ask(server, 'Destroy', [uid(identifier)]);
    expect(server.state.objects.at(identifier)?.body).toBeNull();
  });

  it('keeps what is protected within Process Start and Protect Stop', () => {
    const server = testServer();
    const identifier = madeKey(server, [
      items.dateTime(tags.ActivationDate, now),
      items.dateTime(tags.ProcessStartDate, now + 10n),
      items.dateTime(tags.ProtectStopDate, now + 20n),
    ]);
    const at = (operation: OperationName, seconds: bigint) =>
      outcomes(ask(server, operation, [uid(identifier), ecb, block], { at: now + seconds }))[0];
    expect([at('Encrypt', 0n), at('Encrypt', 20n)]).toEqual(['Success', wrong]);
    expect([at('Decrypt', 9n), at('Decrypt', 10n)]).toEqual([wrong, 'Success']);
  });

  it('may let a key decrypt when it is active no more, as it is read', () => {
    const server = testServer({ processInactive: 'allowed' });
    const identifier = madeKey(server);
    for (const step of ways.Compromised) act(server, identifier, step);
    expect(act(server, identifier, 'decrypt')).toBe('Success');
    expect(act(server, identifier, 'encrypt')).toBe(wrong);
  });

  it('gives the reasons of 1.x in 1.x', () => {
    const server = testServer();
    const identifier = madeKey(server);
    const said = (operation: OperationName) =>
      outcomes(ask(server, operation, [uid(identifier)], { version: '1.4' }), '1.4')[0];
    expect(said('Activate')).toBe('Success');
    expect([said('Activate'), said('Destroy')]).toEqual(['PermissionDenied', 'PermissionDenied']);
  });
});

describe('Locate', () => {
  it('finds no destroyed objects, unless they are asked for', () => {
    const server = testServer();
    const identifier = madeKey(server);
    ask(server, 'Destroy', [uid(identifier)]);
    const wanted = items.structure(tags.Attributes, [uid(identifier)]);
    expect(identifierOf(ask(server, 'Locate', [wanted]))).toBe('none');
    const mask = items.integer(tags.StorageStatusMask, 4);
    expect(identifierOf(ask(server, 'Locate', [mask, wanted]))).toBe(identifier);
  });
});
