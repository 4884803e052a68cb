import { enumerationName, enumerationOf } from '../../../registry/enumeration-names.ts';
import type { Enumeration } from '../../../tree.ts';
import type { WritingPlace } from '../../dialect.ts';
import { hexUnsigned } from '../../../written/hex.ts';
import { namingOf } from './naming-of.ts';

/** The JSON of an enumeration's value: as Cosmian's Rust spells it where that is known, or hex. */
export function rustValue({ tag, value, unknownValue }: Enumeration, place: WritingPlace): string {
  if (unknownValue !== undefined) return JSON.stringify(unknownValue);
  const namingTag = namingOf(tag, place);
  const name = enumerationName(namingTag, value, place.version);
  const enumeration = enumerationOf(namingTag, place.version);
  const spelt = name === undefined ? undefined : rustName(name, enumeration ?? '');
  return `"${spelt ?? `0x${hexUnsigned(value).slice(2).toUpperCase()}`}"`;
}

/** Tags have no underscores there: `X509CertificateIdentifier`. */
export function rustTag(name: string): string {
  return name.replaceAll('_', '');
}

function rustName(name: string, enumeration: string): string | undefined {
  if (enumeration === 'ResultReason') return inWords(name);
  if (enumeration === 'Tag') return rustTag(name);
  if (Object.hasOwn(spellings, name)) return spellings[name];
  if (!name.includes('_')) return name;
  return joined.has(enumeration) ? name.replaceAll('_', '') : undefined;
}

/** `Item_Not_Found`; not of names that have underscores of their own. */
function inWords(name: string): string | undefined {
  return name.includes('_') ? undefined : name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_');
}

const spellings: Readonly<Record<string, string>> = { DES3: 'THREE_DES', ANSIX9_31: 'ANSI_X931' };

/** Enumerations whose names lack the underscores of the standard's: `SHA256`, `PKCS8`, `P256`. */
const joined: ReadonlySet<string> = new Set([
  ...['CertificateType', 'HashingAlgorithm', 'KeyFormatType', 'Operation', 'RecommendedCurve'],
]);
