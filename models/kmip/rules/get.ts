import { at, field, has, isSame, textAt } from '../fields.ts';
import { isDestroyed } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import { withChange, type KnownObject } from '../world.ts';
import {
  mayFail,
  mustFail,
  mustSucceed,
  unless,
  type Asked,
  type Misfit,
  type Rule,
} from './rule.ts';
import { echoes, isIn, objectOf, onLiving } from './targets.ts';

/** What says that an object may not be had, or not as it is. */
const withheld = ['Sensitive', 'Extractable'];

/** What is sensitive leaves the server wrapped only, and what is not extractable never. */
function isKeptBack({ attributes }: KnownObject, payload: unknown): boolean {
  const isSensitive = field(attributes, 'Sensitive') === true;
  return (
    (isSensitive && !has(payload, 'KeyWrappingSpecification')) ||
    field(attributes, 'Extractable') === false
  );
}

/** Gives an object out. */
export const get: Rule = {
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
