import { has, numberAt, textAt } from '../fields.ts';
import { requirements } from '../requirements.ts';
import { attributesOf, usesOf, type KnownObject } from '../world.ts';
import { mayFail, type Asked, type Misfit, type Rule } from './rule.ts';
import { echoes, objectOf, onLiving, unchanged } from './targets.ts';

/** Asks whether an object may be used so: what does not hold fails, or is named in the answer. */
export const check: Rule = {
  outlook: (asked) =>
    onLiving(asked, () =>
      mayFail(requirements.checkAnswered, 'usage', 'limits', 'lifecycle', 'item', 'destroyed'),
    ),
  misfit: (asked, answer) => echoes(asked, answer) ?? holdsNot(asked, answer),
  after: unchanged,
};

function holdsNot(asked: Asked, answer: unknown): Misfit | null {
  const object = objectOf(asked);
  if (object === null) return null;
  const wrong = [isMaskKept, isLimitKept].find((keeps) => !keeps(asked, answer, object));
  if (wrong === undefined) return null;
  const what = wrong === isMaskKept ? 'uses that its mask has not' : 'more than its Usage Limits';
  const detail = `expected a failure, or what does not hold: the key was asked for ${what}`;
  return { requirement: requirements.checkAnswered, detail };
}

type Keeps = (asked: Asked, answer: unknown, object: KnownObject) => boolean;

const isMaskKept: Keeps = ({ payload }, answer, object) => {
  const allowed = usesOf(object);
  const asked = textAt(payload, 'CryptographicUsageMask')?.split('|') ?? [];
  return (
    allowed === null ||
    has(answer, 'CryptographicUsageMask') ||
    asked.every((use) => use === '' || allowed.includes(use))
  );
};

const isLimitKept: Keeps = ({ payload }, answer, { attributes }) => {
  const asked = numberAt(payload, 'UsageLimitsCount');
  const total = numberAt(attributesOf(attributes, 'UsageLimits'), 'UsageLimitsTotal');
  return asked === null || total === null || asked <= total || has(answer, 'UsageLimitsCount');
};
