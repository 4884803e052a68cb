import { all, field, isFields, textAt, type Fields } from '../fields.ts';
import { states } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import { attributesOf, hasAttribute, withChange, type KnownObject, type World } from '../world.ts';
import { mayFail, mustFail, mustSucceed, type Outlook, type Rule } from './rule.ts';
import { echoes, objectOf, onLiving, statesByDate, unchanged } from './targets.ts';
import { kept, listedWrongly, referencesIn, toldWrongly } from './told.ts';

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

function isTelling(payload: unknown): boolean {
  return referencesIn(payload).every(
    (name) => typeof name === 'string' && everywhere.includes(name),
  );
}

const getAttributeList: Rule = {
  outlook: (asked) => onLiving(asked, () => mustSucceed(requirements.attributeListTold)),
  misfit: (asked, answer) => echoes(asked, answer) ?? listedWrongly(asked, answer),
  after: unchanged,
};

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
          begun(object, attribute) ??
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

/** Of an object that has been Active for certain, when that began is past. */
function begun({ states }: KnownObject, [name]: Attribute): Outlook | null {
  const isPast = states.every((state) => state === 'Active' || state === 'Deactivated');
  if (name !== 'ActivationDate' || !isPast) return null;
  const sets = ['lifecycle', 'readOnly', 'singleValued', 'item', 'noAttribute'] as const;
  return mustFail(requirements.activationDateFixed, ...sets);
}

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
