import type { KmipFrame } from './frames.ts';
import { tags, type TagName } from './registry/tags.ts';
import type { Item } from './tree.ts';

/** What holds key material, data to be kept secret, or what lets somebody in. */
const secretNames = [
  ...['KeyMaterial', 'KeyValue', 'Key', 'Data', 'OpaqueDataValue', 'DerivationData'],
  ...['Password', 'CredentialValue', 'TicketValue', 'OneTimePassword'],
  ...['ServerHashedPassword', 'HashedPassword'],
] as const satisfies readonly TagName[];

/** Of key material: what everybody may know, and what says how it is written. */
const publicNames = [
  ...['Modulus', 'PublicExponent', 'Y', 'G', 'J', 'QString', 'PrimeFieldSize'],
  ...['RecommendedCurve', 'Attribute', 'Attributes', 'Username', 'CryptographicAlgorithm'],
] as const satisfies readonly TagName[];

const secretTags: ReadonlySet<number> = new Set(secretNames.map((name) => tags[name]));
const publicTags: ReadonlySet<number> = new Set(publicNames.map((name) => tags[name]));

/** Whether an item is to be hidden; `within`: it stands in one that is. */
export function isSecret({ tag, type }: Pick<Item, 'tag' | 'type'>, within: boolean): boolean {
  if (publicTags.has(tag)) return false;
  const isPlain = type === 'Enumeration' || type === 'Boolean';
  return !isPlain && (within || secretTags.has(tag));
}

/** The key material in a message, as it is written there; `null` where nobody could read it. */
export function secrets({ http, encoding, tree }: KmipFrame): readonly Uint8Array[] | null {
  if (encoding === null) return [];
  if (tree.item === null) return null;
  const found = [...secretsIn(tree.item, false)];
  if (encoding === 'ttlv' || http === null) return found.map(lying);
  const text = Buffer.from(http.body).toString('latin1');
  const written = found.map((item) => writtenIn(text, item));
  return written.every((one) => one !== null) ? written : null;
}

type Hidden = Extract<Item, { type: 'ByteString' | 'BigInteger' | 'TextString' }>;

function* secretsIn(item: Item, within: boolean): Generator<Hidden> {
  const hides = isSecret(item, within);
  if (item.type === 'Structure') {
    for (const child of item.value) yield* secretsIn(child, hides);
    return;
  }
  if (!hides) return;
  if (item.type === 'ByteString' || item.type === 'BigInteger' || item.type === 'TextString') {
    yield item;
  }
}

/** The bytes of a value in binary TTLV, without padding before or behind. */
function lying(item: Hidden): Uint8Array {
  if (item.type === 'ByteString') return item.value;
  if (item.type === 'TextString') return Buffer.from(item.value, 'utf8');
  return Buffer.from(digitsOf(item.value), 'hex');
}

/** A value as a text has it, in whichever way it is spelled; `null` where it is not found. */
function writtenIn(text: string, item: Hidden): Uint8Array | null {
  const forms =
    item.type === 'BigInteger'
      ? [digitsOf(item.value), String(item.value)]
      : [Buffer.from(lying(item)).toString(item.type === 'ByteString' ? 'hex' : 'latin1')];
  const lower = text.toLowerCase();
  for (const form of forms) {
    const from = lower.indexOf(form.toLowerCase());
    if (from !== -1) return Buffer.from(text.slice(from, from + form.length), 'latin1');
  }
  return null;
}

/** Hexadecimal digits, two a byte; of a negative number in two's complement. */
function digitsOf(value: bigint): string {
  const bits = Math.ceil((value.toString(2).length + 1) / 8) * 8;
  const digits = BigInt.asUintN(bits, value).toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return even.replace(/^(?:00)+(?=..)/, '');
}
