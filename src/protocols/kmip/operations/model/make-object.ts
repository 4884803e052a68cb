import { createHash } from 'node:crypto';
import type { Item, Structure } from '../../tree.ts';
import { writeTtlv } from '../../ttlv/write.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { masks } from '../../registry/masks.ts';
import { tags } from '../../registry/tags.ts';
import { counted } from '../attributes/changes.ts';
import { ruleOf } from '../attributes/rules.ts';
import { nameFailure, orderFailure, valueFailure } from '../attributes/values.ts';
import { keyBlockOf } from '../cryptography/key-block.ts';
import type { Context } from './context.ts';
import { failed, isFailure, type Failure } from './failure.ts';
import * as items from './items.ts';
import { settled, type ManagedObject } from './object.ts';

/** What a new object is made of. */
export interface Making {
  readonly objectType: number;
  readonly body: Structure;
  /** What the client gave. */
  readonly given: readonly Item[];
  /** What the server knows of it besides: links, the source of randomness, a certificate's names. */
  readonly known: readonly Item[];
}

/** Makes an object with all attributes that the standard demands. It is not kept yet. */
export function makeObject(making: Making, context: Context): ManagedObject | Failure {
  const { server, now, random } = context;
  if (server.objects.size >= server.settings.objectLimit) {
    return failed('serverLimit', 'no more objects are kept here');
  }
  const given = acceptedOf(making, context);
  if (isFailure(given)) return given;
  const identifier = random.uuid();
  const said = new Set(given.map((item) => item.tag));
  const known = making.known.filter(
    (item) => !said.has(item.tag) || ruleOf(item.tag)?.many === true,
  );
  const attributes = [
    items.text(tags.UniqueIdentifier, identifier),
    items.bytes(tags.ShortUniqueIdentifier, sha256(Buffer.from(identifier)).subarray(0, 8)),
    items.enumeration(tags.ObjectType, making.objectType),
    ...given.map(counted),
    ...known,
  ];
  const object = { identifier, objectType: making.objectType, body: making.body, attributes };
  return settled({ ...object, attributes: [...attributes, ...usual(object, context)] }, now);
}

/** The attributes of a request, unless one may not be set or is wrong. */
function acceptedOf({ objectType, given }: Making, context: Context): readonly Item[] | Failure {
  const accepted: Item[] = [];
  for (const item of given) {
    const rule = ruleOf(item.tag);
    if (item.tag === tags.ObjectType && item.value === objectType) continue;
    if (rule === undefined || rule.client === 'reads') {
      return failed('attributeReadOnly', 'a client may not set this attribute');
    }
    if (!rule.many && accepted.some(({ tag }) => tag === item.tag)) {
      return failed('attributeSingleValued', 'an attribute of one value is there twice');
    }
    const wrong = valueFailure(item, context) ?? nameFailure(item, context);
    if (wrong !== null) return wrong;
    accepted.push(item);
  }
  return orderFailure(accepted) ?? accepted;
}

/** What every object has, as far as it was not said. */
function usual(object: ManagedObject, { now, server }: Context): readonly Item[] {
  const flag = (tag: number, otherwise: boolean) =>
    object.attributes.find((item) => item.tag === tag)?.value ?? otherwise;
  const sensitive = flag(tags.Sensitive, false) === true;
  const extractable = flag(tags.Extractable, true) === true;
  const block = keyBlockOf(object.body);
  const all = [
    block?.algorithm === undefined
      ? null
      : items.enumeration(tags.CryptographicAlgorithm, block.algorithm),
    block?.lengthBits === undefined
      ? null
      : items.integer(tags.CryptographicLength, block.lengthBits),
    items.boolean(tags.AlwaysSensitive, sensitive),
    digest(object),
    block === undefined ? null : items.enumeration(tags.KeyFormatType, block.format),
    items.boolean(tags.Extractable, extractable),
    items.boolean(tags.Fresh, true),
    items.dateTime(tags.InitialDate, now),
    items.dateTime(tags.LastChangeDate, now),
    items.interval(tags.LeaseTime, server.settings.leaseTimeSeconds),
    items.boolean(tags.NeverExtractable, !extractable),
    items.dateTime(tags.OriginalCreationDate, now),
    items.integer(tags.ProtectionStorageMask, masks.ProtectionStorageMask.Software),
    items.boolean(tags.Sensitive, sensitive),
    items.enumeration(tags.State, enumerations.State.PreActive),
  ];
  const said = new Set(object.attributes.map((item) => item.tag));
  return all.filter((item) => item !== null).filter((item) => !said.has(item.tag));
}

/** SHA-256 of the material: of its bytes, or of its TTLV where it is a structure. */
function digest({ body }: ManagedObject): Item | null {
  const block = keyBlockOf(body);
  const material = block === undefined ? valueOf(body) : block.material;
  if (material === undefined) return null;
  const content = material.type === 'ByteString' ? material.value : ttlvOf(material);
  if (content === null) return null;
  return items.structure(tags.Digest, [
    items.enumeration(tags.HashingAlgorithm, enumerations.HashingAlgorithm.SHA_256),
    items.bytes(tags.DigestValue, sha256(content)),
    block === undefined ? null : items.enumeration(tags.KeyFormatType, block.format),
  ]);
}

function valueOf(body: Structure | null): Item | undefined {
  return (
    items.part(body ?? undefined, tags.CertificateValue) ??
    items.part(body ?? undefined, tags.CertificateRequestValue) ??
    items.part(body ?? undefined, tags.OpaqueDataValue)
  );
}

/** A tree that no reader made may hold what no bytes can say. */
function ttlvOf(item: Item): Uint8Array | null {
  try {
    return writeTtlv(item);
  } catch {
    return null;
  }
}

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
