import type { Structure } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { attempt } from '../cryptography/attempt.ts';
import { secretBytes } from '../cryptography/key-block.ts';
import { nistWrapped } from '../cryptography/key-wrap.ts';
import type { Context } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { attribute, isDestroyed } from '../model/object.ts';
import { writeTtlv } from '../../ttlv/write.ts';
import { readParameters } from '../cryptography/parameters.ts';
import { objectNamed } from './objects.ts';
import { useFailure } from './use.ts';

/** The key block of an object, wrapped as a Key Wrapping Specification wants: by AES Key Wrap. */
export function wrappedBlock(
  body: Structure,
  specification: Structure,
  context: Context,
): Structure | Failure {
  const block = items.structureOf(body, tags.KeyBlock);
  const method = items.enumerationOf(specification, tags.WrappingMethod);
  const keyInformation = items.structureOf(specification, tags.EncryptionKeyInformation);
  if (method !== enumerations.WrappingMethod.Encrypt || keyInformation === undefined) {
    return failed('keyWrap', 'keys are wrapped by encryption only');
  }
  if (items.all(specification, tags.AttributeName).length > 0) {
    return failed('featureNotSupported', 'attributes are not wrapped with the key');
  }
  const wrappingKey = wrappingKeyIn(keyInformation, context);
  if (isFailure(wrappingKey)) return wrappingKey;
  const content = contentOf(block, specification);
  if (isFailure(content)) return content;
  const wrapped = nistWrapped(wrappingKey, content);
  if (isFailure(wrapped)) return wrapped;
  const information = [
    items.part(specification, tags.WrappingMethod),
    keyInformation,
    items.part(specification, tags.EncodingOption),
  ];
  return items.structure(tags.KeyBlock, [
    items.part(block, tags.KeyFormatType),
    items.bytes(tags.KeyValue, wrapped),
    items.part(block, tags.CryptographicAlgorithm),
    items.part(block, tags.CryptographicLength),
    items.structure(tags.KeyWrappingData, information),
  ]);
}

function wrappingKeyIn(keyInformation: Structure, context: Context): Uint8Array | Failure {
  const identifier = items.textOf(keyInformation, tags.UniqueIdentifier) ?? '';
  const key = objectNamed(identifier, context);
  if (isFailure(key)) return failed('wrappingKeyNotFound', 'no such wrapping key');
  if (isDestroyed(key)) return failed('wrappingKeyDestroyed', 'the wrapping key is destroyed');
  if (key.objectType !== enumerations.ObjectType.SymmetricKey) {
    return failed('wrongObjectType', 'keys are wrapped with symmetric keys only');
  }
  const unusable = useFailure(key, { deed: 'protect', use: 'WrapKey' }, context);
  if (unusable !== null) return unusable;
  const given =
    items.part(keyInformation, tags.CryptographicParameters) ??
    attribute(key, tags.CryptographicParameters);
  const { mode, algorithm } = readParameters(given, key);
  const { NISTKeyWrap } = enumerations.BlockCipherMode;
  const isAes = algorithm === enumerations.CryptographicAlgorithm.AES;
  if ((mode !== undefined && mode !== NISTKeyWrap) || !isAes) {
    return failed('keyWrap', 'keys are wrapped by AES in NIST Key Wrap only');
  }
  return secretBytes(key.body) ?? failed('keyWrap', 'the wrapping key is kept wrapped');
}

/** What is encrypted: the bytes alone, or the Key Value in TTLV, which is usual. */
function contentOf(block: Structure | undefined, specification: Structure): Uint8Array | Failure {
  const value = items.structureOf(block, tags.KeyValue);
  const material = items.part(value, tags.KeyMaterial);
  const option = items.enumerationOf(specification, tags.EncodingOption);
  if (value === undefined) return failed('keyWrap', 'there is no key value');
  if (option !== enumerations.EncodingOption.NoEncoding) {
    return attempt(() => writeTtlv(value), 'the key value cannot be written');
  }
  return material?.type === 'ByteString'
    ? material.value
    : failed('encodingOption', 'a structure is not wrapped without encoding');
}
