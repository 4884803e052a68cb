import type { Item, Structure } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import { keyBlock, keyBlockOf } from '../cryptography/key-block.ts';
import { materialAs } from '../cryptography/key-formats.ts';
import type { Context, Operation } from '../model/context.ts';
import { failed, isFailure, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';
import { attribute, isRevoked, withAttributes, type ManagedObject } from '../model/object.ts';
import { objectIn, stateAfter } from './objects.ts';
import { wrappedBlock } from './wrapping.ts';

/** Get: the object itself. */
export const get: Operation = (payload, context) => {
  const object = objectIn(payload, context);
  if (isFailure(object)) return object;
  const state = stateAfter(object, 'read');
  if (isFailure(state)) return state;
  const { readRevoked } = context.server.settings.habits;
  if (readRevoked === 'refused' && isRevoked(object)) {
    return failed('wrongState', 'the object was revoked');
  }
  if (object.body === null) return failed('objectDestroyed', 'the object is destroyed');
  const body = bodyFor(payload, { object, body: object.body }, context);
  if (isFailure(body)) return body;
  const served = withAttributes(object, [items.boolean(tags.Fresh, false)]);
  context.server.objects.put(object.identifier, served);
  return [
    items.enumeration(tags.ObjectType, object.objectType),
    items.text(tags.UniqueIdentifier, object.identifier),
    body,
  ];
};

interface Kept {
  readonly object: ManagedObject;
  readonly body: Structure;
}

function bodyFor(payload: Item, { object, body }: Kept, context: Context): Structure | Failure {
  if (attribute(object, tags.Extractable)?.value === false) {
    return failed('notExtractable', 'the object never leaves the server');
  }
  const wrapping = items.structureOf(payload, tags.KeyWrappingSpecification);
  if (keyBlockOf(body)?.isAbsent === true) {
    return failed('keyValueNotPresent', 'the server has not the key itself');
  }
  const isSensitive = attribute(object, tags.Sensitive)?.value === true;
  const block = keyBlockOf(body);
  if (isSensitive && wrapping === undefined && block?.isWrapped !== true) {
    return failed('sensitive', 'the object leaves the server only wrapped');
  }
  const wanted = formatted(payload, { object, body });
  if (isFailure(wanted) || wrapping === undefined) return wanted;
  if (block === undefined) return failed('wrongObjectType', 'only keys are wrapped');
  if (block.isWrapped) return failed('keyWrap', 'the key is kept wrapped already');
  const wrapped = wrappedBlock(wanted, wrapping, context);
  return isFailure(wrapped) ? wrapped : withBlock(wanted, wrapped);
}

/** The object in the Key Format Type that the client wants. */
function formatted(payload: Item, { object, body }: Kept): Structure | Failure {
  const block = keyBlockOf(body);
  const compression = items.enumerationOf(payload, tags.KeyCompressionType);
  if (compression !== undefined && compression !== block?.compression && !isPlain(compression)) {
    return failed('keyCompression', 'points are not compressed here');
  }
  const wrapType = items.enumerationOf(payload, tags.KeyWrapType);
  if (block?.isWrapped === true && wrapType === enumerations.KeyWrapType.NotWrapped) {
    return failed('keyWrap', 'the key is kept wrapped');
  }
  const format = items.enumerationOf(payload, tags.KeyFormatType);
  if (format === undefined || format === block?.format) return body;
  if (block === undefined) {
    const isX509 = object.objectType === enumerations.ObjectType.Certificate;
    return isX509 && format === enumerations.KeyFormatType.X_509
      ? body
      : failed('keyFormat', 'this object is no key');
  }
  const material = materialAs(object, format);
  if (isFailure(material)) return material;
  const { algorithm, lengthBits } = block;
  return withBlock(body, keyBlock({ format, material, algorithm, lengthBits }));
}

function isPlain(compression: number): boolean {
  return compression === enumerations.KeyCompressionType.ECPublicKeyTypeUncompressed;
}

function withBlock(body: Structure, block: Structure): Structure {
  return { ...body, value: body.value.map((item) => (item.tag === block.tag ? block : item)) };
}
