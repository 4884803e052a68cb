import Type from 'typebox';
import type { Settings } from '#src/contract/settings.ts';
import type { Version } from './tree.ts';

/** What may stand under `options` in a profile of KMIP. */
export const options = Type.Object(
  {
    version: Type.Optional(
      Type.Union([Type.Literal('2.0'), Type.Literal('2.1')], {
        description: 'The protocol version of our client; 2.1 without it.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** The version that our client speaks. */
export function versionIn({ options }: Pick<Settings, 'options'>): Version {
  return options['version'] === '2.0' ? '2.0' : '2.1';
}
