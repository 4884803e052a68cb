import type { Item, Structure } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { failed, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';

/** What a key block holds. */
export interface KeyBlock {
  readonly format: number;
  readonly compression: number | undefined;
  /** Bytes, or a structure of the transparent formats; `undefined` where it is wrapped or absent. */
  readonly material: Item | undefined;
  readonly isWrapped: boolean;
  /** The server knows of the key only, and has it not. */
  readonly isAbsent: boolean;
  readonly algorithm: number | undefined;
  readonly lengthBits: number | undefined;
}

/** The key block of an object; `undefined`: it has none (certificates, opaque objects). */
export function keyBlockOf(body: Structure | null): KeyBlock | undefined {
  const block = items.structureOf(body ?? undefined, tags.KeyBlock);
  if (block === undefined) return undefined;
  return {
    format: items.enumerationOf(block, tags.KeyFormatType) ?? enumerations.KeyFormatType.Raw,
    compression: items.enumerationOf(block, tags.KeyCompressionType),
    material: items.part(items.part(block, tags.KeyValue), tags.KeyMaterial),
    isAbsent: items.part(block, tags.KeyValue) === undefined,
    isWrapped: items.part(block, tags.KeyWrappingData) !== undefined,
    algorithm: items.enumerationOf(block, tags.CryptographicAlgorithm),
    lengthBits: items.integerOf(block, tags.CryptographicLength),
  };
}

/** A key in a key block of its own. */
export interface KeyBlockParts {
  readonly format: number;
  readonly material: Item;
  readonly algorithm?: number | undefined;
  readonly lengthBits?: number | undefined;
}

export function keyBlock({ format, material, algorithm, lengthBits }: KeyBlockParts): Structure {
  return items.structure(tags.KeyBlock, [
    items.enumeration(tags.KeyFormatType, format),
    items.structure(tags.KeyValue, [{ ...material, tag: tags.KeyMaterial }]),
    algorithm === undefined ? null : items.enumeration(tags.CryptographicAlgorithm, algorithm),
    lengthBits === undefined ? null : items.integer(tags.CryptographicLength, lengthBits),
  ]);
}

/** The bytes of a symmetric key or secret; `undefined`: wrapped, or not of bytes. */
export function secretBytes(body: Structure | null): Uint8Array | undefined {
  const material = keyBlockOf(body)?.material;
  if (material?.type === 'ByteString') return material.value;
  return items.bytesOf(material, tags.Key);
}

/** Why the bytes of a key cannot be worked with. */
export function secretFailure(body: Structure | null): Failure {
  return keyBlockOf(body)?.isAbsent === true
    ? failed('keyValueNotPresent', 'the server has not the key itself')
    : failed('keyWrap', 'the key cannot be worked with');
}
