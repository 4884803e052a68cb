import Type from 'typebox';
import type { Settings } from '#src/contract/settings.ts';

/** The versions that our client can speak. */
const versions = ['1.0', '1.1', '1.2', '1.3', '1.4', '2.0', '2.1'] as const;
export type Spoken = (typeof versions)[number];

/** What may stand under `options` in a profile of KMIP; YAML and JSON take `1.4` for a number. */
export const options = Type.Object(
  {
    version: Type.Optional(
      Type.Union(
        versions.flatMap((version) => [Type.Literal(version), Type.Literal(Number(version))]),
        { description: 'The protocol version of our client; 2.1 without it.' },
      ),
    ),
    course: Type.Optional(
      Type.Union([Type.Literal('short'), Type.Literal('full')], {
        description: 'What our client does: the life of one key, or every operation.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** The version that our client speaks. */
export function versionIn({ options }: Pick<Settings, 'options'>): Spoken {
  const said = Number(options['version'] ?? '2.1');
  return versions.find((version) => Number(version) === said) ?? '2.1';
}
