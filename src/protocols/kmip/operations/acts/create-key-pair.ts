import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Item, Tag } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { attributesIn } from '../attributes/spelling.ts';
import { attempt } from '../cryptography/attempt.ts';
import { keyBlock } from '../cryptography/key-block.ts';
import { materialOf } from '../cryptography/key-formats.ts';
import { newKeyPair, type KeyPair } from '../cryptography/key-pairs.ts';
import type { Context, Operation } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { makeObject } from '../model/make-object.ts';
import type { ManagedObject } from '../model/object.ts';
import { storageFailure } from './protection-storage.ts';
import { randomNumberGenerator } from './random-number-generator.ts';

/** Create Key Pair: a private key and its public key, each linked to the other. */
export const createKeyPair: Operation = (payload, context) => {
  const given = givenIn(payload, context);
  if (isFailure(given)) return given;
  const refused = storageTags
    .map((tag) => storageFailure(payload, tag))
    .find((failure) => failure !== null);
  if (refused !== undefined) return refused;
  const pair = pairOf(given.forPrivate, context);
  if (isFailure(pair)) return pair;
  const privateKey = half(pair, { of: 'PrivateKey', given: given.forPrivate }, context);
  if (isFailure(privateKey)) return privateKey;
  // Kept at once: the public key may not have the same name.
  context.server.objects.put(privateKey.identifier, privateKey);
  const publicKey = half(pair, { of: 'PublicKey', given: given.forPublic }, context);
  if (isFailure(publicKey)) return publicKey;
  const { PublicKeyLink, PrivateKeyLink } = enumerations.LinkType;
  for (const [object, type, other] of [
    [privateKey, PublicKeyLink, publicKey],
    [publicKey, PrivateKeyLink, privateKey],
  ] as const) {
    const attributes = [...object.attributes, link(type, other)];
    context.server.objects.put(object.identifier, { ...object, attributes });
  }
  return [
    items.text(tags.PrivateKeyUniqueIdentifier, privateKey.identifier),
    items.text(tags.PublicKeyUniqueIdentifier, publicKey.identifier),
  ];
};

const storageTags: readonly Tag[] = [
  tags.CommonProtectionStorageMasks,
  tags.PrivateProtectionStorageMasks,
  tags.PublicProtectionStorageMasks,
];

interface Given {
  readonly forPrivate: readonly Item[];
  readonly forPublic: readonly Item[];
}

/** What is common to both holds where the half itself says nothing else. */
function givenIn(payload: Item, context: Context): Given | Failure {
  const common = attributesIn(
    payload,
    [tags.CommonTemplateAttribute, tags.CommonAttributes],
    context,
  );
  if (isFailure(common)) return common;
  const forPrivate = attributesIn(
    payload,
    [tags.PrivateKeyTemplateAttribute, tags.PrivateKeyAttributes],
    context,
  );
  if (isFailure(forPrivate)) return forPrivate;
  const forPublic = attributesIn(
    payload,
    [tags.PublicKeyTemplateAttribute, tags.PublicKeyAttributes],
    context,
  );
  if (isFailure(forPublic)) return forPublic;
  const joined = (own: readonly Item[]) => {
    const said = new Set(own.map((item) => item.tag));
    return [...common.filter((item) => !said.has(item.tag) && !isTypeOfHalf(item)), ...own];
  };
  return { forPrivate: joined(forPrivate), forPublic: joined(forPublic) };
}

/** The example of document 002 calls both halves private keys; each has the type that it is. */
function isTypeOfHalf({ tag, value }: Item): boolean {
  const { PrivateKey, PublicKey } = enumerations.ObjectType;
  return tag === tags.ObjectType && (value === PrivateKey || value === PublicKey);
}

function pairOf(given: readonly Item[], { random }: Context): KeyPair | Failure {
  const parent = items.structure(tags.Attributes, given);
  const algorithm = items.enumerationOf(parent, tags.CryptographicAlgorithm);
  if (algorithm === undefined) {
    return failed('attributeMissing', 'Cryptographic Algorithm is missing');
  }
  if (items.booleanOf(parent, tags.QuantumSafe) === true) {
    return failed('notQuantumSafe', 'no key pair here is safe from quantum computers');
  }
  const domain = items.part(parent, tags.CryptographicDomainParameters);
  const curve = items.enumerationOf(domain, tags.RecommendedCurve);
  const lengthBits = items.integerOf(parent, tags.CryptographicLength);
  return newKeyPair({ algorithm, lengthBits, curve }, random);
}

interface Half {
  readonly of: 'PrivateKey' | 'PublicKey';
  readonly given: readonly Item[];
}

function half(pair: KeyPair, { of, given }: Half, context: Context): ManagedObject | Failure {
  const isPrivate = of === 'PrivateKey';
  const parent = items.structure(tags.Attributes, given);
  const algorithm = items.enumerationOf(parent, tags.CryptographicAlgorithm);
  if (items.integerOf(parent, tags.CryptographicUsageMask) === undefined) {
    return failed('attributeMissing', 'Cryptographic Usage Mask is missing');
  }
  const key: KeyObject = isPrivate ? pair.privateKey : createPublicKey(pair.privateKey);
  const format = isPrivate ? pair.privateFormat : pair.publicFormat;
  const material = attempt(() => materialOf(key, format), 'the key cannot be written');
  if (isFailure(material)) return material;
  const block = keyBlock({ format, material, algorithm, lengthBits: pair.lengthBits });
  const objectType = enumerations.ObjectType[of];
  const body = items.structure(tags[of], [block]);
  const known = [randomNumberGenerator()];
  return makeObject({ objectType, body, given, known }, context);
}

function link(type: number, other: ManagedObject): Item {
  return items.structure(tags.Link, [
    items.enumeration(tags.LinkType, type),
    items.text(tags.LinkedObjectIdentifier, other.identifier),
  ]);
}
