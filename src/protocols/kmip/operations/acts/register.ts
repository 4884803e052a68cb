import type { Item, Structure } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { attributeList, attributesIn } from '../attributes/spelling.ts';
import { certificateAttributes } from '../cryptography/certificates.ts';
import { keyBlockOf } from '../cryptography/key-block.ts';
import type { Context, Operation } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { makeObject } from '../model/make-object.ts';
import { bodyTag } from './object-types.ts';
import { storageFailure } from './protection-storage.ts';

/** Register: an object that the client brings. */
export const register: Operation = (payload, context) => {
  const objectType = items.enumerationOf(payload, tags.ObjectType) ?? 0;
  const tag = bodyTag(objectType, context.version);
  if (tag === undefined) {
    return failed('objectTypeNotSupported', 'objects of that type are not kept here');
  }
  const body = items.structureOf(payload, tag);
  if (body === undefined) return failed('missingField', 'the object itself is missing');
  const storage = storageFailure(payload, tags.ProtectionStorageMasks);
  if (storage !== null) return storage;
  const said = attributesIn(payload, [tags.TemplateAttribute, tags.Attributes], context);
  if (isFailure(said)) return said;
  const embedded = embeddedIn(body, context);
  if (isFailure(embedded)) return embedded;
  const given = [
    ...said,
    ...embedded.filter((item) => !said.some(({ tag: one }) => one === item.tag)),
  ];
  const wrong = blockFailure(body, given);
  if (wrong !== null) return wrong;
  const object = makeObject({ objectType, body, given, known: knownOf(body) }, context);
  if (isFailure(object)) return object;
  context.server.objects.put(object.identifier, object);
  return [items.text(tags.UniqueIdentifier, object.identifier)];
};

/** Attributes may stand beside the material, too. */
function embeddedIn(body: Structure, context: Context): readonly Item[] | Failure {
  const value = items.part(items.part(body, tags.KeyBlock), tags.KeyValue);
  return attributeList(
    context.version === '1.4' ? value : items.part(value, tags.Attributes),
    context,
  );
}

/** What a key block says of its key is what the attributes say; and it is as long as it says. */
function blockFailure(body: Structure, given: readonly Item[]): Failure | null {
  const block = keyBlockOf(body);
  if (block === undefined) return null;
  // A key may be kept elsewhere, and only be known here.
  const isElsewhere = block.isAbsent && given.some(({ tag }) => tag === tags.KeyValueLocation);
  if (block.material === undefined && !block.isWrapped && !isElsewhere) {
    return failed('missingField', 'Key Material is missing');
  }
  const parent = items.structure(tags.Attributes, given);
  const algorithm = items.enumerationOf(parent, tags.CryptographicAlgorithm);
  const lengthBits = items.integerOf(parent, tags.CryptographicLength);
  const differs =
    (algorithm ?? block.algorithm) !== (block.algorithm ?? algorithm) ||
    (lengthBits ?? block.lengthBits) !== (block.lengthBits ?? lengthBits);
  if (differs) return failed('attributeValue', 'key block and attributes say different things');
  const bits = block.lengthBits ?? lengthBits;
  const isAes = (block.algorithm ?? algorithm) === enumerations.CryptographicAlgorithm.AES;
  const bytes = block.material?.type === 'ByteString' ? block.material.value.length : undefined;
  return isAes && bits !== undefined && bytes !== undefined && bytes * 8 !== bits
    ? failed('attributeValue', `a key of ${bytes} bytes has no ${bits} bits`)
    : null;
}

function knownOf(body: Structure): readonly Item[] {
  const certificate = items.bytesOf(body, tags.CertificateValue);
  const type = items.part(body, tags.CertificateType);
  const opaque = items.part(body, tags.OpaqueDataType);
  const isAbsent = keyBlockOf(body)?.isAbsent === true;
  return [
    ...(certificate === undefined ? [] : certificateAttributes(certificate)),
    ...[type, opaque].filter((item) => item !== undefined),
    ...(isAbsent ? [items.boolean(tags.KeyValuePresent, false)] : []),
  ];
}
