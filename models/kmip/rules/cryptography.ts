import { field, numberAt, textAt } from '../fields.ts';
import { mayUse, type State } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import { usesOf, withChange, type KnownObject } from '../world.ts';
import {
  mayFail,
  mustFail,
  mustSucceed,
  unless,
  type Asked,
  type Outlook,
  type Rule,
} from './rule.ts';
import { hasPassed, isToCome } from './dates.ts';
import { echoes, isIn, objectOf, onLiving, unchanged } from './targets.ts';

/** The use of a key that an operation needs, as the usage mask names it. */
const uses = {
  encrypt: ['Encrypt', 'Encrypt'],
  decrypt: ['Decrypt', 'Decrypt'],
  sign: ['Sign', 'Sign'],
  signatureVerify: ['SignatureVerify', 'Verify'],
  mac: ['MAC', 'MACGenerate'],
  macVerify: ['MACVerify', 'MACVerify'],
} as const;

/** A key is used if it is there, if its mask allows that, and its state. */
function using([operation, use]: readonly [operation: string, use: string]): Rule {
  return {
    outlook: (asked) => onLiving(asked, (object) => outlookFor(object, operation, use, asked)),
    misfit: echoes,
    after: (asked, told) => {
      const object = objectOf(asked);
      if (object === null) return asked.world;
      const used = { ...object.used, [operation]: { asked: asked.payload, told } };
      return withChange(asked.world, object, { used });
    },
  };
}

function outlookFor(object: KnownObject, operation: string, use: string, asked: Asked): Outlook {
  const allowed = usesOf(object);
  const others = ['item', 'cryptography', 'usage', 'limits', 'lifecycle', 'destroyed'] as const;
  if (allowed !== null && !allowed.includes(use))
    return mustFail(requirements.usageMaskKept, ...others);
  if (isOutOfTime(object, operation)) return mustFail(requirements.datesAllowUse, ...others);
  const takesCompromised = asked.readings['compromisedUse'] === 'taken';
  const may = (state: State) => {
    const answer = mayUse(state, operation);
    return answer === 'yes' || (answer === 'open' && takesCompromised);
  };
  if (isIn(object, may) === 'no') return mustFail(requirements.stateAllowsUse, ...others);
  return mayFail(requirements.stateAllowsUse, ...others);
}

const protecting: readonly string[] = [uses.encrypt[0], uses.mac[0]];
const processing: readonly string[] = [uses.decrypt[0], uses.macVerify[0]];

/** Only symmetric keys have such dates. */
function isOutOfTime({ type, attributes }: KnownObject, operation: string): boolean {
  const isOver = protecting.includes(operation) && hasPassed(attributes, 'ProtectStopDate');
  const isEarly = processing.includes(operation) && isToCome(attributes, 'ProcessStartDate');
  return type === 'SymmetricKey' && (isOver || isEarly);
}

const verdicts = ['Valid', 'Invalid', 'Unknown'];

function verifying(rule: Rule, because: Outlook['because']): Rule {
  return {
    ...rule,
    misfit: (asked, answer) =>
      rule.misfit(asked, answer) ??
      unless(
        verdicts.includes(textAt(answer, 'ValidityIndicator') ?? ''),
        because,
        'expected a Validity Indicator',
      ),
  };
}

const hash: Rule = {
  outlook: () => mayFail(requirements.hashRight, 'item', 'cryptography'),
  misfit: () => null,
  after: unchanged,
};

const rngRetrieve: Rule = {
  outlook: ({ payload }) => {
    const length = numberAt(payload, 'DataLength') ?? -1;
    const isUsual = length > 0 && length <= mostBytes;
    return isUsual
      ? mustSucceed(requirements.randomLength, 'item')
      : mayFail(requirements.randomLength, 'item', 'message');
  },
  misfit: ({ payload }, answer) => {
    const asked = numberAt(payload, 'DataLength') ?? 0;
    const got = (textAt(answer, 'Data')?.length ?? 0) / 2;
    const isRight = got <= asked && (got > 0 || asked <= 0);
    return unless(
      isRight && field(answer, 'Data') !== undefined,
      requirements.randomLength,
      `expected up to ${asked} random bytes, got ${got}`,
    );
  },
  after: unchanged,
};

/** Random bytes that every server can give at once. */
const mostBytes = 256;

/** The operations that compute. */
export const cryptography = {
  encrypt: using(uses.encrypt),
  decrypt: using(uses.decrypt),
  sign: using(uses.sign),
  signatureVerify: verifying(using(uses.signatureVerify), requirements.signatureVerified),
  mac: using(uses.mac),
  macVerify: verifying(using(uses.macVerify), requirements.macVerified),
  hash,
  rngRetrieve,
} as const satisfies Readonly<Record<string, Rule>>;
