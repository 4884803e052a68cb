import { describe, expect, it } from 'vitest';
import type { Position } from '#src/chart/chart.ts';
import { active, answers, asks, attempt, created, done, start, take } from './speaking.ts';

const k = { UniqueIdentifier: 'k' };
const revoking = (RevocationReasonCode: string) => ({
  ...k,
  RevocationReason: { RevocationReasonCode },
});
const refused = { reason: 'WrongKeyLifecycleState' };

function must(step: Position | null): Position {
  if (step === null) throw new RangeError('was not allowed');
  return step;
}

const preActive = () => created();
const activated = () => must(done(preActive(), 'activate', k));
const deactivated = () => must(done(activated(), 'revoke', revoking('Superseded')));
const compromised = () => must(done(activated(), 'revoke', revoking('KeyCompromise')));
const destroyed = () => must(done(preActive(), 'destroy', k));
const destroyedCompromised = () => must(done(compromised(), 'destroy', k));

const reached = { preActive, activated, deactivated, compromised, destroyed, destroyedCompromised };

describe('the lifecycle of a managed object', () => {
  it.each([
    ['preActive', 'one.preActive'],
    ['activated', 'one.active'],
    ['deactivated', 'one.deactivated'],
    ['compromised', 'one.compromised'],
    ['destroyed', 'one.destroyed'],
    ['destroyedCompromised', 'one.destroyedCompromised'],
  ] as const)('%s is %s', (name, state) => {
    expect(active(reached[name]())).toEqual([state]);
  });

  /** State, change, whether it is possible. @see KMIP 2.1, State */
  it.each([
    ['preActive', 'activate', true],
    ['activated', 'activate', false],
    ['deactivated', 'activate', false],
    ['compromised', 'activate', false],
    ['destroyed', 'activate', false],
    ['preActive', 'revoke', false],
    ['activated', 'revoke', true],
    ['deactivated', 'revoke', false],
    ['destroyed', 'revoke', false],
    ['preActive', 'compromise', true],
    ['deactivated', 'compromise', true],
    ['destroyedCompromised', 'compromise', false],
    ['preActive', 'destroy', true],
    ['activated', 'destroy', false],
    ['deactivated', 'destroy', true],
    ['compromised', 'destroy', true],
    ['destroyedCompromised', 'destroy', false],
  ] as const)('%s: %s is possible: %s', (name, change, isPossible) => {
    const message = change === 'compromise' ? 'revoke' : change;
    const code = change === 'compromise' ? 'KeyCompromise' : 'Unspecified';
    const payload = message === 'revoke' ? revoking(code) : k;
    const from = reached[name]();
    const succeeds = done(from, message, payload) !== null;
    const fails = done(from, message, payload, refused) !== null;
    expect({ succeeds, fails }).toEqual({ succeeds: isPossible, fails: !isPossible });
  });

  it('lets a key that is not active protect nothing', () => {
    const data = { ...k, Data: '00' };
    expect(done(preActive(), 'encrypt', data, { payload: { ...k, Data: '11' } })).toBeNull();
    expect(done(preActive(), 'encrypt', data, refused)).not.toBeNull();
    expect(done(activated(), 'encrypt', data, { payload: { ...k, Data: '11' } })).not.toBeNull();
    expect(done(deactivated(), 'decrypt', data, { payload: { ...k, Data: '11' } })).not.toBeNull();
    expect(done(deactivated(), 'encrypt', data, { payload: { ...k, Data: '11' } })).toBeNull();
  });

  it('tells the state as it is', () => {
    const asked = { ...k, AttributeReference: 'State' };
    const told = (State: string) => ({ payload: { ...k, Attributes: { State } } });
    expect(done(activated(), 'getAttributes', asked, told('Active'))).not.toBeNull();
    expect(done(activated(), 'getAttributes', asked, told('PreActive'))).toBeNull();
  });

  it('knows nothing of an object that nobody made', () => {
    const other = { UniqueIdentifier: 'nobody' };
    expect(done(start(), 'activate', other, { payload: other })).toBeNull();
    expect(done(start(), 'activate', other, { reason: 'ItemNotFound' })).not.toBeNull();
    expect(done(start(), 'activate', other, { reason: 'CryptographicFailure' })).toBeNull();
  });

  it('follows two keys of a pair', () => {
    const pair = take(start(), 'client.createKeyPair', asks([['CreateKeyPair', {}]]));
    const ids = (first: string, second: string) =>
      answers(
        ['CreateKeyPair'],
        [{ payload: { PrivateKeyUniqueIdentifier: first, PublicKeyUniqueIdentifier: second } }],
      );
    expect(attempt(pair, 'server.succeeded', ids('p', 'p'))).toBeNull();
    const made = take(pair, 'server.succeeded', ids('p', 'q'));
    expect(active(made)).toEqual(['one.preActive', 'two.preActive']);
  });
});
