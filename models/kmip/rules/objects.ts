import { field, has, textAt } from '../fields.ts';
import { after, allAfter, type Change } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import { withChange, type KnownObject } from '../world.ts';
import { mayFail, mustFail, mustSucceed, type Asked, type Outlook, type Rule } from './rule.ts';
import { check } from './check.ts';
import { locate } from './locate.ts';
import { hasPassed } from './dates.ts';
import { echoes, isIn, objectOf, onLiving, statesByDate } from './targets.ts';
import { get } from './get.ts';
import { create, createKeyPair, register } from './making.ts';

/** A change of state. */
function changing(change: (payload: unknown) => Change, because: Outlook['because']): Rule {
  return {
    outlook: (asked) =>
      onLiving(asked, (object) => {
        const kind = change(asked.payload);
        const isPossible = isIn(object, (state) => after(state, kind) !== null);
        const isOver = kind === 'activate' && hasPassed(object.attributes, 'DeactivationDate');
        if (isPossible === 'open' || object.isForeign || isOver)
          return mayFail(because, 'lifecycle', 'destroyed');
        if (isPossible === 'yes') return mustSucceed(because);
        return refusing(asked, object, kind);
      }),
    misfit: echoes,
    after: (asked) => {
      const object = objectOf(asked);
      if (object === null) return asked.world;
      const possible = allAfter(object.states, change(asked.payload));
      const states =
        possible.length === 0 ? statesAgainst(object, change(asked.payload)) : possible;
      const isDated = has(object.attributes, 'DeactivationDate');
      const changed = { ...object, states };
      const open = isDated ? datedStates(changed) : states;
      return withChange(asked.world, object, { states: open, ...revoked(asked, object) });
    },
  };
}

/** An object that is Active is so until its Deactivation Date. */
function datedStates(object: KnownObject): KnownObject['states'] {
  const states = statesByDate(object, 'DeactivationDate');
  const isOver = hasPassed(object.attributes, 'DeactivationDate');
  return isOver ? states.filter((state) => state !== 'Active') : states;
}

/** The reasons for which an object was revoked, behind an answer of Revoke. */
function revoked({ payload }: Asked, { revocations = [] }: KnownObject): Partial<KnownObject> {
  const code = textAt(field(payload, 'RevocationReason'), 'RevocationReasonCode');
  return code === null ? {} : { revocations: [...new Set([...revocations, code])] };
}

/** A change that is not possible: whether some servers do it all the same. */
function refusing({ readings }: Asked, { states }: KnownObject, change: Change): Outlook {
  const isActive = change === 'destroy' && states.includes('Active');
  const isTaken =
    (isActive && readings['destroyActive'] === 'destroyed') ||
    (change === 'destroy' && !isActive && readings['destroyTwice'] === 'taken') ||
    (change === 'revoke' &&
      states.includes('PreActive') &&
      readings['revokePreActive'] === 'deactivated') ||
    (isRevocation(change) && !states.includes('PreActive') && readings['revokeTwice'] === 'taken');
  const because = isActive ? requirements.activeNotDestroyed : refusals[change];
  if (isTaken) return mayFail(because, 'lifecycle', 'destroyed');
  return mustFail(because, 'lifecycle', 'destroyed');
}

function isRevocation(change: Change): boolean {
  return change === 'revoke' || change === 'compromise';
}

const refusals = {
  activate: requirements.activateChanges,
  revoke: requirements.revokeChanges,
  compromise: requirements.revokeChanges,
  destroy: requirements.destroyChanges,
};

/** The states behind a change that should not have been possible. */
function statesAgainst({ states }: KnownObject, change: Change): KnownObject['states'] {
  if (change === 'destroy') {
    return states.map((state) => (state === 'DestroyedCompromised' ? state : 'Destroyed'));
  }
  const isRevoked = change === 'revoke' && states.every((state) => state === 'PreActive');
  return isRevoked ? ['Deactivated'] : states;
}

const compromises = ['KeyCompromise', 'CACompromise'];

function revocation(payload: unknown): Change {
  const code = textAt(field(payload, 'RevocationReason'), 'RevocationReasonCode');
  return code !== null && compromises.includes(code) ? 'compromise' : 'revoke';
}

/** The operations that make, find and change objects. */
export const objects = {
  create,
  createKeyPair,
  register,
  get,
  locate,
  check,
  activate: changing(() => 'activate', requirements.activateChanges),
  revoke: changing(revocation, requirements.revokeChanges),
  destroy: changing(() => 'destroy', requirements.destroyChanges),
} as const satisfies Readonly<Record<string, Rule>>;
