import Type from 'typebox';
import type { Settings } from '#src/contract/settings.ts';
import type { JsonHabits, JsonRule } from './codec/read-json.ts';
import type { LengthOrder } from './frame.ts';
import { opticsOptions } from './optics.ts';

const keyFiles = Type.Object(
  { public: Type.Optional(Type.String()), secret: Type.Optional(Type.String()) },
  { additionalProperties: false },
);

/** What may stand under `options` in a profile of QOSST. */
export const options = Type.Object(
  {
    frameSymbols: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Symbols in a frame, where it is known.' }),
    ),
    serialNumber: Type.Optional(Type.String({ description: 'What our side calls itself.' })),
    authenticator: Type.Optional(
      Type.Union([Type.Literal('none'), Type.Literal('falcon-512')], {
        description: 'Who seals frames: nobody (the digest itself), or Falcon-512 with `keys`.',
      }),
    ),
    keys: Type.Optional(
      Type.Object(
        { alice: Type.Optional(keyFiles), bob: Type.Optional(keyFiles) },
        { additionalProperties: false, description: "Key files in QOSST's own JSON lists." },
      ),
    ),
    version: Type.Optional(Type.String({ description: 'The version that Alice speaks.' })),
    ...opticsOptions,
  },
  { additionalProperties: false },
);

/** Dialect to its order of the two lengths in the fixed header. */
const lengthOrders: Readonly<Record<string, LengthOrder>> = {
  'qosst/0.2': 'headerFirst',
  'qosst/0.1-prose': 'digestFirst',
};

/** The order of the two lengths: the reading, where one is pinned, or the dialect. */
export function lengthOrder(settings: Settings): LengthOrder {
  if (settings.readings['fixedHeaderOrder'] === 'digestFirst') return 'digestFirst';
  return lengthOrders[settings.dialect] ?? 'headerFirst';
}

/** Readings other than the assumed ones under which JSON is read otherwise. */
const jsonReadings: Readonly<Record<JsonRule, string>> = {
  trailingComma: 'accepted',
  duplicateMembers: 'refused',
  byteOrderMark: 'ignored',
  invalidUtf8: 'replaced',
  loneSurrogates: 'refused',
  jsonLimits: 'none',
};

/** How header and content are read. */
export function jsonHabits({ readings }: Settings): JsonHabits {
  const specials = readings['specialNumbers'] === 'accepted';
  const rules = jsonRules.filter((rule) => readings[rule] === jsonReadings[rule]);
  return rules.length === 0 ? { specials } : { specials, rules: new Set(rules) };
}

const jsonRules = Object.keys(jsonReadings).filter(
  (name): name is JsonRule => name in jsonReadings,
);

/** The version that is spoken: the option, or the one that the reading names. */
export function version(settings: Settings): string {
  const option = settings.options['version'];
  if (typeof option === 'string') return option;
  return settings.readings['protocolVersion'] === 'v01' ? 'QOSST/0.1' : 'QOSST/0.2';
}

/** Symbols in a frame, where the profile says. */
export function frameSymbols(settings: Settings): number | null {
  const option = settings.options['frameSymbols'];
  return typeof option === 'number' ? option : null;
}
