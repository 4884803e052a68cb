import Type from 'typebox';
import type { Settings } from '#src/contract/settings.ts';
import type { Authenticator } from './authenticator/authenticator.ts';
import { none } from './authenticator/none.ts';
import type { LengthOrder } from './frame.ts';

/** What may stand under `options` in a profile of QOSST. */
export const options = Type.Object(
  {
    frameSymbols: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Symbols in a frame, where it is known.' }),
    ),
    serialNumber: Type.Optional(Type.String({ description: 'What our side calls itself.' })),
    version: Type.Optional(Type.String({ description: 'The version that Alice speaks.' })),
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

/** Who seals and checks frames. */
export function authenticatorOf(_settings: Settings): Authenticator {
  return none;
}

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
