import { all, has, isSame, numberAt, type Fields } from '../fields.ts';
import { isDestroyed } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import { attributesOf, foreignObject, withObject, type KnownObject, type World } from '../world.ts';
import { mustSucceed, type Asked, type Misfit, type Rule } from './rule.ts';
import { isIn } from './targets.ts';

/** Finds objects by what they have. */
export const locate: Rule = {
  outlook: () => mustSucceed(requirements.locateFinds, 'item', 'attributes'),
  misfit: (asked, answer) => locatedWrongly(asked, answer),
  after: ({ world, readings }, answer) => {
    const ids = all(answer, 'UniqueIdentifier').filter((id) => typeof id === 'string');
    const known = ids.reduce<World>(
      (before, id) =>
        before.objects.some((one) => one.id === id)
          ? before
          : withObject(before, foreignObject(id)),
      world,
    );
    const first = ids[0] ?? null;
    if (ids.length === 1) return { ...known, placeholder: first };
    const kept = readings['placeholderAfterLocate'] === 'kept';
    const placeholder = kept ? world.placeholder : null;
    const isFirst = readings['placeholderAfterLocate'] === 'first';
    return { ...known, placeholder: isFirst ? first : placeholder };
  },
};

/** Attributes by which the answer of Locate can be foretold: their values are as they were given. */
const telling = [
  'CryptographicAlgorithm',
  'CryptographicLength',
  'CryptographicUsageMask',
  'Name',
  'ObjectType',
  'State',
  'Attribute',
];

function locatedWrongly({ payload, world, readings }: Asked, answer: unknown): Misfit | null {
  const found = all(answer, 'UniqueIdentifier');
  const most = numberAt(payload, 'MaximumItems');
  if (most !== null && most >= 0 && found.length > most) {
    const detail = `expected at most ${most} identifiers, got ${found.length}`;
    return { requirement: requirements.locateLimited, detail };
  }
  const said = numberAt(answer, 'LocatedItems');
  const isAll = !has(payload, 'OffsetItems') && found.length < (most ?? Infinity);
  if (said !== null && isAll && said !== found.length) {
    const detail = `got ${found.length} identifiers, and Located Items ${said}`;
    return { requirement: requirements.locatedCounted, detail };
  }
  const wanted = attributesOf(payload);
  const isTelling = Object.keys(wanted).every((name) => telling.includes(name));
  const isLimited = ['MaximumItems', 'OffsetItems', 'StorageStatusMask', 'ObjectGroupMember'].some(
    (name) => has(payload, name),
  );
  if (!isTelling) return null;
  const skipped = skippedMisfit(payload, world, found);
  if (skipped !== null) return skipped;
  const wrong = world.objects.find((one) => {
    const isFound = found.includes(one.id);
    const fits = matches(one, wanted);
    if (isFound)
      return fits === 'no' || isUnlocatable(one, readings['locateDestroyed'] === 'found');
    return !isLimited && fits === 'yes' && isIn(one, isDestroyed) === 'no' && !one.isForeign;
  });
  if (wrong === undefined) return null;
  const detail = found.includes(wrong.id)
    ? `found ${wrong.id}, which does not have what was asked for`
    : `did not find ${wrong.id}, which has what was asked for`;
  return { requirement: requirements.locateFinds, detail };
}

/** Of a Name no more objects are left behind the offset than those that may have it. */
function skippedMisfit(payload: unknown, world: World, found: readonly unknown[]): Misfit | null {
  const offset = numberAt(payload, 'OffsetItems') ?? 0;
  const wanted = attributesOf(payload);
  if (offset <= 0 || !has(wanted, 'Name')) return null;
  const able = world.objects.filter((one) => matches(one, wanted) !== 'no').length;
  const most = Math.max(0, able - offset);
  if (found.length <= most) return null;
  const detail = `expected at most ${most} identifiers behind ${offset}, got ${found.length}`;
  return { requirement: requirements.locateLimited, detail };
}

function isUnlocatable(object: KnownObject, findsDestroyed: boolean): boolean {
  return !findsDestroyed && isIn(object, isDestroyed) === 'yes';
}

function matches(object: KnownObject, wanted: Fields): 'yes' | 'no' | 'open' {
  const answers = Object.keys(wanted).map((name) => {
    if (name === 'ObjectType') return sameOrOpen(object.type, all(wanted, name));
    if (name === 'State') return isIn(object, (state) => all(wanted, name).includes(state));
    if (name === 'CryptographicUsageMask') return 'open';
    const own = all(object.attributes, name);
    const isOpen = object.isForeign || object.unclear?.includes(name) === true;
    if (own.length === 0) return isOpen || !given.includes(name) ? 'open' : 'no';
    return all(wanted, name).every((value) => own.some((one) => isSame(one, value))) ? 'yes' : 'no';
  });
  if (answers.includes('no')) return 'no';
  return answers.includes('open') ? 'open' : 'yes';
}

/** Attributes that no object has that was not given them. */
const given: readonly string[] = ['Name', 'Attribute'];

function sameOrOpen(own: string | null, wanted: readonly unknown[]): 'yes' | 'no' | 'open' {
  if (own === null) return 'open';
  return wanted.every((one) => one === own) ? 'yes' : 'no';
}
