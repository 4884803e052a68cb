import { all, field, has, numberAt, textAt, type Fields } from '../fields.ts';
import { isDestroyed } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import { attributesOf, newObject, withObject, type KnownObject, type World } from '../world.ts';
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
import { hasPassed, isToCome } from './dates.ts';
import { statesByDate } from './targets.ts';

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

/** 512: two keys of 256 bits, for XTS. */
const lengthsOfAes = [128, 192, 256, 512];

/** A length that keys of the algorithm cannot have. */
function isImpossible({ payload }: Asked): boolean {
  const attributes = attributesOf(payload);
  const bits = numberAt(attributes, 'CryptographicLength') ?? 0;
  const isAes = textAt(attributes, 'CryptographicAlgorithm') === 'AES';
  return isAes && bits > 0 && !lengthsOfAes.includes(bits);
}

/** Makes a key. */
export const create: Rule = {
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

/** Takes what somebody else has made. */
export const register: Rule = {
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

/** Makes a private key and its public one. */
export const createKeyPair: Rule = {
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
