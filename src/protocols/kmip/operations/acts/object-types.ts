import type { Tag, Version } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';

const types = enumerations.ObjectType;

/** The objects that are kept here, in the order that Query names them, with their tags. */
const kept: ReadonlyMap<number, Tag> = new Map<number, Tag>([
  [types.Certificate, tags.Certificate],
  [types.SymmetricKey, tags.SymmetricKey],
  [types.SecretData, tags.SecretData],
  [types.PublicKey, tags.PublicKey],
  [types.PrivateKey, tags.PrivateKey],
  [types.OpaqueObject, tags.OpaqueObject],
  [types.SplitKey, tags.SplitKey],
  [types.PGPKey, tags.PGPKey],
  [types.CertificateRequest, tags.CertificateRequest],
]);

/** Certificate requests are objects since 2.0. */
export function objectTypes(version: Version): readonly number[] {
  const isKnown = (type: number) => version !== '1.4' || type !== types.CertificateRequest;
  return [...kept.keys()].filter(isKnown);
}

/** The tag under which an object of a type stands in a payload; `undefined`: none is kept here. */
export function bodyTag(objectType: number, version: Version): Tag | undefined {
  return objectTypes(version).includes(objectType) ? kept.get(objectType) : undefined;
}
