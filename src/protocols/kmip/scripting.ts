import type { Scripting } from '#src/contract/scripting.ts';
import { tags, type TagName } from './registry/tags.ts';

const made: Partial<Record<TagName, 'id' | 'sized'>> = {
  UniqueIdentifier: 'id',
  PrivateKeyUniqueIdentifier: 'id',
  PublicKeyUniqueIdentifier: 'id',
  LinkedObjectIdentifier: 'id',
  ShortUniqueIdentifier: 'id',
  ServerCorrelationValue: 'id',
  AsynchronousCorrelationValue: 'id',
  KeyMaterial: 'sized',
  DigestValue: 'sized',
};

/** Identifiers, times and keys are the server's; binary TTLV names them by the digits of their tag. */
export const scripting: Scripting = {
  module: new URL('./script.js', import.meta.url),
  fresh: { date: 'any', ...made, ...byDigits() },
  computed: {},
};

function byDigits(): Readonly<Record<string, 'id' | 'sized'>> {
  const digits = new Map<string, string>(
    Object.entries(tags).map(([name, tag]) => [name, tag.toString(16)]),
  );
  return Object.fromEntries(
    Object.entries(made).map(([name, kind]) => [digits.get(name) ?? name, kind]),
  );
}
