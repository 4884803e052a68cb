import { all, field, has, isFields, isSame, textAt, type Fields } from '../fields.ts';
import { states } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import { attributesOf, hasAttribute, withChange, type KnownObject, type World } from '../world.ts';
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
import { echoes, objectOf, onLiving, statesByDate, unchanged } from './targets.ts';

/** Attributes that only the server sets. @see KMIP 2.1, Object Attributes */
const readOnly: readonly string[] = [
  'UniqueIdentifier',
  'ObjectType',
  'CryptographicAlgorithm',
  'CryptographicLength',
  'State',
  'Digest',
  'InitialDate',
  'DestroyDate',
  'CompromiseDate',
  'LastChangeDate',
  'AlwaysSensitive',
  'NeverExtractable',
  'Fresh',
  'KeyValuePresent',
];

/** Attributes of which an object may have several. */
const multiple: readonly string[] = [
  'Name',
  'Link',
  'ObjectGroup',
  'ApplicationSpecificInformation',
  'AlternativeName',
  'Attribute',
  'CryptographicParameters',
  'Digest',
  'RotateName',
];

/** Attributes whose values are as a client gave them, and stay so. */
const kept: readonly string[] = [
  'CryptographicAlgorithm',
  'CryptographicLength',
  'Name',
  'Description',
  'Comment',
  'ContactInformation',
  'ObjectGroup',
  'ApplicationSpecificInformation',
];

/** The attribute that a payload is about. */
function attributeIn(payload: unknown, name: string): readonly [string, unknown] | null {
  const holder = field(payload, name);
  if (!isFields(holder)) return null;
  const [entry] = Object.entries(holder);
  return entry ?? null;
}

const getAttributes: Rule = {
  outlook: (asked) =>
    onLiving(asked, () => {
      const isOpen =
        asked.readings['attributeNamesKnown'] === 'refused' || !isTelling(asked.payload);
      return isOpen
        ? mayFail(requirements.attributesTold, 'noAttribute', 'item')
        : mustSucceed(requirements.attributesTold);
    }),
  misfit: (asked, answer) => echoes(asked, answer) ?? toldWrongly(asked, answer),
  after: (asked, answer) => {
    const object = objectOf(asked);
    const said = textAt(attributesOf(answer), 'State');
    const state = states.find((one) => one === said);
    return object === null || state === undefined
      ? asked.world
      : withChange(asked.world, object, { states: [state] });
  },
};

/** Names of attributes that every object has, or that any server knows. */
const everywhere: readonly string[] = ['State', 'UniqueIdentifier', 'ObjectType', ...kept];

function referencesIn(payload: unknown): readonly unknown[] {
  return all(payload, 'AttributeReference');
}

function isTelling(payload: unknown): boolean {
  return referencesIn(payload).every(
    (name) => typeof name === 'string' && everywhere.includes(name),
  );
}

function toldWrongly(asked: Asked, answer: unknown): Misfit | null {
  const object = objectOf(asked);
  if (object === null) return null;
  const told = attributesOf(answer);
  const asks = referencesIn(asked.payload);
  const surplus = Object.keys(told).find(
    (name) => asks.length > 0 && !asks.includes(name) && name !== 'Attribute',
  );
  if (surplus !== undefined) {
    const detail = `got ${surplus}, which was not asked for`;
    return { requirement: requirements.attributesOnlyAsked, detail };
  }
  return stateMisfit(object, told) ?? valueMisfit(object, told, asks);
}

function stateMisfit(object: KnownObject, told: Fields): Misfit | null {
  const said = textAt(told, 'State');
  if (said === null) return null;
  return unless(
    object.states.some((state) => state === said),
    requirements.stateTold,
    `expected the state ${object.states.join(' or ')}, got ${said}`,
  );
}

/** Of several attributes of a name, others may be there too. */
function valueMisfit(object: KnownObject, told: Fields, asks: readonly unknown[]): Misfit | null {
  for (const name of kept) {
    const own = all(object.attributes, name);
    const said = all(told, name);
    const isAsked = asks.includes(name) || (asks.length === 0 && name !== 'Comment');
    const isGone = has(object.attributes, name) && own.length === 0;
    if (isGone && said.length > 0) {
      const detail = `got ${name}, which was deleted`;
      return { requirement: requirements.attributeDeleted, detail };
    }
    if (own.length === 0 || !isAsked) continue;
    const missing = own.find((value) => !said.some((one) => isSame(one, value)));
    if (missing === undefined) continue;
    const detail = `expected ${name} as it was given, got ${said.length === 0 ? 'none' : 'another'}`;
    return { requirement: requirements.attributesTold, detail };
  }
  return null;
}

const getAttributeList: Rule = {
  outlook: (asked) => onLiving(asked, () => mustSucceed(requirements.attributeListTold)),
  misfit: (asked, answer) => echoes(asked, answer) ?? listedWrongly(asked, answer),
  after: unchanged,
};

function listedWrongly(asked: Asked, answer: unknown): Misfit | null {
  const object = objectOf(asked);
  const told = all(answer, 'AttributeReference');
  const names = told.filter((name) => typeof name === 'string');
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) {
    return { requirement: requirements.attributeListTold, detail: `got ${twin} twice` };
  }
  if (object === null || told.length === 0) return null;
  const missing = kept.find((name) => hasAttribute(object, name) && !names.includes(name));
  if (missing === undefined) return null;
  return {
    requirement: requirements.attributeListTold,
    detail: `expected ${missing}, which it has`,
  };
}

/** What becomes of an attribute: refused where only the server sets it. */
function changing(
  because: Outlook['because'],
  holder: 'NewAttribute' | 'CurrentAttribute',
  more: (object: KnownObject, attribute: readonly [string, unknown]) => Outlook | null,
  change: (attributes: Fields, attribute: readonly [string, unknown], payload: unknown) => Fields,
): Rule {
  return {
    outlook: (asked) =>
      onLiving(asked, (object) => {
        const attribute = attributeIn(asked.payload, holder);
        if (attribute === null) return mayFail(because, 'item', 'noAttribute', 'readOnly');
        if (readOnly.includes(attribute[0]))
          return mustFail(
            requirements.readOnlyKept,
            'readOnly',
            'singleValued',
            'item',
            'noAttribute',
          );
        return (
          more(object, attribute) ??
          mayFail(
            because,
            'item',
            'noAttribute',
            'readOnly',
            'singleValued',
            'nameTaken',
            'lifecycle',
          )
        );
      }),
    misfit: echoes,
    after: (asked): World => {
      const object = objectOf(asked);
      const attribute = attributeIn(asked.payload, holder);
      if (object === null || attribute === null) return asked.world;
      const attributes = change(object.attributes, attribute, asked.payload);
      const states = statesByDate(object, attribute[0]);
      return withChange(asked.world, object, {
        attributes,
        states,
        ...blurred(object, attribute[0]),
      });
    },
  };
}

type Attribute = readonly [name: string, value: unknown];

function added(attributes: Fields, [name, value]: Attribute): Fields {
  return { ...attributes, [name]: [...all(attributes, name), value] };
}

function replaced(attributes: Fields, [name, value]: Attribute): Fields {
  return multiple.includes(name) ? without(attributes, name) : { ...attributes, [name]: value };
}

/** Of several attributes of a name nobody can tell which was meant. */
function blurred({ unclear = [] }: KnownObject, name: string): Pick<KnownObject, 'unclear'> {
  return multiple.includes(name) ? { unclear: [...new Set([...unclear, name])] } : {};
}

/** An attribute that a client gives, of which it is known that the object has none. */
function isAbsent(object: KnownObject, name: string): boolean {
  const isUnclear = object.isForeign || object.unclear?.includes(name) === true;
  return !isUnclear && kept.includes(name) && !hasAttribute(object, name);
}

/** Which of several was meant is not followed: nothing is known of them any more. */
function without(attributes: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== name));
}

const addAttribute = changing(
  requirements.attributeAdded,
  'NewAttribute',
  (object, [name]) =>
    !multiple.includes(name) && hasAttribute(object, name)
      ? mustFail(requirements.singleValuedNotAdded, 'singleValued', 'readOnly')
      : null,
  added,
);

const modifyAttribute = changing(
  requirements.attributeModified,
  'NewAttribute',
  (object, [name]) =>
    isAbsent(object, name)
      ? mustFail(requirements.absentAttributeRefused, 'noAttribute', 'singleValued')
      : null,
  replaced,
);

const setAttribute = changing(requirements.attributeSet, 'NewAttribute', () => null, replaced);

const deleteAttribute: Rule = {
  outlook: (asked) =>
    onLiving(asked, (object) => {
      const name = deletedIn(asked.payload);
      if (name === null) return mayFail(requirements.attributeDeleted, 'item', 'noAttribute');
      if (readOnly.includes(name))
        return mustFail(
          requirements.readOnlyKept,
          'readOnly',
          'item',
          'noAttribute',
          'singleValued',
        );
      if (isAbsent(object, name))
        return mustFail(requirements.absentAttributeRefused, 'noAttribute', 'item');
      return mayFail(requirements.attributeDeleted, 'item', 'noAttribute', 'readOnly', 'lifecycle');
    }),
  misfit: echoes,
  after: (asked) => {
    const object = objectOf(asked);
    const name = deletedIn(asked.payload);
    if (object === null || name === null) return asked.world;
    const attributes = multiple.includes(name)
      ? without(object.attributes, name)
      : { ...object.attributes, [name]: [] };
    return withChange(asked.world, object, { attributes, ...blurred(object, name) });
  },
};

function deletedIn(payload: unknown): string | null {
  return (
    textAt(payload, 'AttributeReference') ?? attributeIn(payload, 'CurrentAttribute')?.[0] ?? null
  );
}

/** The operations on attributes. */
export const attributes = {
  getAttributes,
  getAttributeList,
  addAttribute,
  modifyAttribute,
  setAttribute,
  deleteAttribute,
} as const satisfies Readonly<Record<string, Rule>>;
