import { all, at, field, has, isSame, numberAt, textAt, type Fields } from '../fields.ts';
import { after, allAfter, isDestroyed, type Change } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import {
  attributesOf,
  newObject,
  withChange,
  withObject,
  type KnownObject,
  type World,
} from '../world.ts';
import {
  mayFail,
  mustFail,
  mustSucceed,
  unless,
  type Asked,
  type Misfit,
  type Outlook,
  type Rule,
} from './rule.ts';
import { check } from './check.ts';
import { locate } from './locate.ts';
import { hasPassed, isToCome } from './dates.ts';
import { echoes, isIn, objectOf, onLiving, statesByDate } from './targets.ts';

/** Identifiers of a response are texts that nobody had. */
function isNew({ world }: Asked, id: unknown): Misfit | null {
  const isFresh =
    typeof id === 'string' && id !== '' && !world.objects.some((one) => one.id === id);
  return unless(
    isFresh,
    requirements.identifiersNew,
    `expected a new identifier, got ${String(id)}`,
  );
}

/** An object that is made as it was asked for; its name may be taken. */
function making({ payload, world, readings }: Asked, because: Outlook['because']): Outlook {
  const taken = names(attributesOf(payload)).some((name) =>
    world.objects.some((one) => isNamed(one, name)),
  );
  if (taken && readings['nameUniqueness'] === 'refused') {
    return mustFail(requirements.namesUnique, 'nameTaken', 'item', 'attributes');
  }
  return taken
    ? mayFail(because, 'nameTaken', 'item', 'attributes')
    : mustSucceed(because, 'item', 'attributes', 'cryptography');
}

function names(attributes: Fields): readonly unknown[] {
  return all(attributes, 'Name').map((name) => field(name, 'NameValue'));
}

function isNamed(object: KnownObject, name: unknown): boolean {
  const isGone = object.states.every(isDestroyed);
  return !isGone && names(object.attributes).includes(name);
}

/** A new object, active already where its date says so. */
function born({ payload, readings }: Asked, object: KnownObject): KnownObject {
  const attributes = attributesOf(payload);
  if (!has(attributes, 'ActivationDate')) return object;
  const isRead = readings['activationAtCreation'] === 'active';
  return isRead ? { ...object, states: bornStates(object) } : object;
}

/** Between what is past and what is to come for certain nobody can tell. */
function bornStates(object: KnownObject): KnownObject['states'] {
  const { attributes } = object;
  if (isToCome(attributes, 'ActivationDate')) return ['PreActive'];
  if (!hasPassed(attributes, 'ActivationDate')) return statesByDate(object, 'ActivationDate');
  if (hasPassed(attributes, 'DeactivationDate')) return ['Deactivated'];
  const isLasting =
    !has(attributes, 'DeactivationDate') || isToCome(attributes, 'DeactivationDate');
  return isLasting ? ['Active'] : ['Active', 'Deactivated'];
}

/** What says that an object may not be had, or not as it is. */
const withheld = ['Sensitive', 'Extractable'];

/** 512: two keys of 256 bits, for XTS. */
const lengthsOfAes = [128, 192, 256, 512];

/** A length that keys of the algorithm cannot have. */
function isImpossible({ payload }: Asked): boolean {
  const attributes = attributesOf(payload);
  const bits = numberAt(attributes, 'CryptographicLength') ?? 0;
  const isAes = textAt(attributes, 'CryptographicAlgorithm') === 'AES';
  return isAes && bits > 0 && !lengthsOfAes.includes(bits);
}

const create: Rule = {
  outlook: (asked) =>
    isImpossible(asked)
      ? mustFail(requirements.createAnswered, 'item', 'attributes', 'cryptography')
      : making(asked, requirements.createAnswered),
  misfit: (asked, answer) =>
    unless(
      textAt(answer, 'ObjectType') === textAt(asked.payload, 'ObjectType'),
      requirements.createAnswered,
      `expected the object type ${textAt(asked.payload, 'ObjectType')}`,
    ) ?? isNew(asked, field(answer, 'UniqueIdentifier')),
  after: (asked, answer) => {
    const id = textAt(answer, 'UniqueIdentifier') ?? '';
    const object = newObject(id, textAt(asked.payload, 'ObjectType'), attributesOf(asked.payload));
    return { ...withObject(asked.world, born(asked, object)), placeholder: id };
  },
};

const register: Rule = {
  outlook: (asked) => making(asked, requirements.registerAnswered),
  misfit: (asked, answer) => isNew(asked, field(answer, 'UniqueIdentifier')),
  after: (asked, answer) => {
    const { payload, world } = asked;
    const id = textAt(answer, 'UniqueIdentifier') ?? '';
    const type = textAt(payload, 'ObjectType');
    const material = type === null ? null : field(payload, type);
    const object = newObject(id, type, attributesOf(payload), material ?? null);
    return { ...withObject(world, born(asked, object)), placeholder: id };
  },
};

const halves = ['PrivateKey', 'PublicKey'] as const;

const createKeyPair: Rule = {
  outlook: (asked) => making(asked, requirements.createKeyPairAnswered),
  misfit: (asked, answer) => {
    const [first, second] = halves.map((half) => field(answer, `${half}UniqueIdentifier`));
    return (
      isNew(asked, first) ??
      isNew(asked, second) ??
      unless(
        first !== second,
        requirements.createKeyPairAnswered,
        'expected two identifiers, got the same one twice',
      )
    );
  },
  after: ({ payload, world, readings }, answer) => {
    const common = attributesOf(payload, 'CommonAttributes');
    const made = halves.reduce<World>((before, half) => {
      const id = textAt(answer, `${half}UniqueIdentifier`) ?? '';
      const own = { ...common, ...attributesOf(payload, `${half}Attributes`) };
      return withObject(before, newObject(id, half, own));
    }, world);
    const isEmpty = readings['placeholderAfterKeyPair'] === 'nothing';
    return {
      ...made,
      placeholder: isEmpty ? null : textAt(answer, 'PrivateKeyUniqueIdentifier'),
    };
  },
};

/** What is sensitive leaves the server wrapped only, and what is not extractable never. */
function isKeptBack({ attributes }: KnownObject, payload: unknown): boolean {
  const isSensitive = field(attributes, 'Sensitive') === true;
  return (
    (isSensitive && !has(payload, 'KeyWrappingSpecification')) ||
    field(attributes, 'Extractable') === false
  );
}

const get: Rule = {
  outlook: (asked) =>
    onLiving(asked, (object) => {
      const gone = isIn(object, isDestroyed);
      if (gone === 'yes') return mustFail(requirements.destroyedIsGone, 'destroyed');
      if (isKeptBack(object, asked.payload)) {
        const sets = ['sensitive', 'item', 'lifecycle', 'cryptography', 'attributes'] as const;
        return mustFail(requirements.sensitiveKept, ...sets);
      }
      const isForeign = object.isForeign || withheld.some((name) => has(object.attributes, name));
      const asksForm = [
        'KeyFormatType',
        'KeyWrappingSpecification',
        'KeyCompressionType',
        'KeyWrapType',
      ];
      const isSpecial = asksForm.some((name) => has(asked.payload, name));
      if (isForeign || isSpecial) {
        const sets = ['sensitive', 'item', 'lifecycle', 'cryptography', 'attributes'] as const;
        return mayFail(requirements.getAnswered, ...sets);
      }
      const isWithheld =
        asked.readings['revokedRead'] === 'refused' &&
        object.states.some((state) => state === 'Deactivated' || state === 'Compromised');
      return isWithheld
        ? mayFail(requirements.getAnswered, 'lifecycle')
        : mustSucceed(requirements.getAnswered);
    }),
  misfit: (asked, answer) =>
    echoes(asked, answer) ?? returned(asked, answer) ?? otherForm(asked, answer),
  after: (asked) => {
    const object = objectOf(asked);
    return object === null ? asked.world : withChange(asked.world, object, { isServed: true });
  },
};

/** The form that was asked for, where the answer has one. */
function otherForm({ payload }: Asked, answer: unknown): Misfit | null {
  const asked = textAt(payload, 'KeyFormatType');
  const said = textAt(at(answer, textAt(answer, 'ObjectType') ?? '', 'KeyBlock'), 'KeyFormatType');
  return unless(
    asked === null || said === null || asked === said,
    requirements.getAnswered,
    `expected the Key Format Type ${asked}, got ${said}`,
  );
}

/** What was registered comes back, where its form was not asked to be another. */
function returned(asked: Asked, answer: unknown): Misfit | null {
  const object = objectOf(asked);
  const type = object?.type ?? null;
  if (object === null || type === null) return null;
  const said = field(answer, type);
  if (said === undefined || textAt(answer, 'ObjectType') !== type) {
    return { requirement: requirements.getAnswered, detail: `expected the object, a ${type}` };
  }
  if (object.material === null || Object.keys(Object(asked.payload)).length > 1) return null;
  const wanted = at(object.material, 'KeyBlock', 'KeyValue', 'KeyMaterial');
  if (typeof wanted !== 'string') return null;
  return unless(
    isSame(at(said, 'KeyBlock', 'KeyValue', 'KeyMaterial'), wanted),
    requirements.getReturnsRegistered,
    'expected the key material that was registered, got other',
  );
}

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
