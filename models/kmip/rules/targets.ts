import { field } from '../fields.ts';
import { isDestroyed, type State } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import type { KnownObject, World } from '../world.ts';
import { mayFail, mustFail, unless, type Asked, type Misfit, type Outlook } from './rule.ts';

/** What comes of an item whose object is not there or not known; `null`: it is known. */
export function withoutTarget({ target }: Asked): Outlook | null {
  switch (target.kind) {
    case 'known':
      return null;
    case 'unknown':
      return mustFail(requirements.absentRefused, 'absent');
    case 'missing':
      return mustFail(requirements.placeholderEnds, 'unnamed');
    case 'unclear':
      return mayFail(requirements.absentRefused, 'absent', 'unnamed', 'lifecycle', 'item');
  }
}

/** The object of an item, where it is known. */
export function objectOf({ target }: Asked): KnownObject | null {
  return target.kind === 'known' ? target.object : null;
}

/** Whether an object is in one of such states: surely, surely not, or nobody can tell. */
export function isIn(
  { states }: KnownObject,
  holds: (state: State) => boolean,
): 'yes' | 'no' | 'open' {
  if (states.every(holds)) return 'yes';
  return states.some(holds) ? 'open' : 'no';
}

/** Where an object may be once it has a date: the time is not followed. */
export function statesByDate({ states }: KnownObject, name: string): readonly State[] {
  const later: readonly State[] =
    name === 'ActivationDate' && states.includes('PreActive')
      ? ['Active', 'Deactivated']
      : name === 'DeactivationDate' && states.includes('Active')
        ? ['Deactivated']
        : [];
  return [...new Set([...states, ...later])];
}

/** An operation on an object that is there; one that is destroyed may be gone. */
export function onLiving(asked: Asked, outlook: (object: KnownObject) => Outlook): Outlook {
  const object = objectOf(asked);
  if (object === null) return withoutTarget(asked) ?? mayFail(requirements.absentRefused, 'absent');
  const gone = isIn(object, isDestroyed);
  const found = outlook(object);
  if (gone === 'no') return found;
  const reasons = [...found.reasons, ...mustFail(requirements.absentRefused, 'destroyed').reasons];
  return { ...found, expects: found.expects === 'failure' ? 'failure' : 'either', reasons };
}

/** A response about an object names it. */
export function echoes({ target }: Asked, answer: unknown): Misfit | null {
  if (target.kind !== 'known') return null;
  const { id } = target.object;
  const said = field(answer, 'UniqueIdentifier');
  return unless(
    said === id,
    requirements.identifierEchoed,
    `expected the identifier ${id}, got ${String(said)}`,
  );
}

/** Nothing has changed. */
export function unchanged({ world }: Asked): World {
  return world;
}
