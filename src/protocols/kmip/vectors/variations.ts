import { enumerations } from '../registry/enumerations.ts';
import { tags } from '../registry/tags.ts';
import type { Item, Tag } from '../tree.ts';

const { Operation: codes } = enumerations;

/*
 * What of a response may differ from the one that a test case shows: OASIS KMIP Profiles 2.1,
 * Permitted Test Case Variations. All else is not conformant.
 */

/** Of one type, but of any value: moments, digests, the format that the server prefers. */
export const anyValue: ReadonlySet<Tag> = new Set<Tag>([
  tags.TimeStamp,
  tags.ActivationDate,
  tags.ArchiveDate,
  tags.CompromiseDate,
  tags.CompromiseOccurrenceDate,
  tags.DeactivationDate,
  tags.DestroyDate,
  tags.InitialDate,
  tags.LastChangeDate,
  tags.OriginalCreationDate,
  tags.ProcessStartDate,
  tags.ProtectStopDate,
  tags.ValidityDate,
  tags.DigestValue,
  tags.KeyFormatType,
  tags.ResultMessage,
  tags.VendorIdentification,
  tags.ClientCorrelationValue,
  tags.ServerCorrelationValue,
  tags.AsynchronousCorrelationValue,
]);

/** Whatever is in it: what the server says of itself. */
export const anyContent: ReadonlySet<Tag> = new Set<Tag>([
  tags.RandomNumberGenerator,
  tags.ServerInformation,
]);

/** Of any value where the server made the key, or where chance decides. */
export const generatedContent: ReadonlySet<Tag> = new Set<Tag>([
  tags.KeyValue,
  tags.KeyMaterial,
  tags.Data,
  tags.SignatureData,
  tags.MACData,
  tags.IVCounterNonce,
  tags.AuthenticatedEncryptionTag,
]);

/** Of these the length is the same, whatever the key. */
export const generatedOfOneLength: ReadonlySet<Tag> = new Set<Tag>([
  tags.Data,
  tags.MACData,
  tags.AuthenticatedEncryptionTag,
]);

/** There or not: texts for humans and for tracing. */
export const mayBeLeftOut: ReadonlySet<Tag> = new Set<Tag>([
  tags.ResultMessage,
  tags.ClientCorrelationValue,
  tags.ServerCorrelationValue,
]);

/** Attributes stand in any order, and there may be more of them. */
export function isUnordered(tag: Tag): boolean {
  return tag === tags.Attributes;
}

/** What there may be more of in a payload: what Query and Get Attribute List tell, in any order. */
export function mayBeMore(tag: Tag, parent: Tag): boolean {
  return parent === tags.ResponsePayload && listed.has(tag);
}

/**
 * Whether Query may leave an entry out: operations and object types other than those that the
 * profile demands vary. Here the demands are those of the Baseline Server, which all others share.
 */
export function mayBeUnlisted(item: Item, parent: Tag): boolean {
  if (parent !== tags.ResponsePayload || item.type !== 'Enumeration') return false;
  return item.tag === tags.ObjectType || (item.tag === tags.Operation && !demanded.has(item.value));
}

const demanded: ReadonlySet<number> = new Set<number>([
  codes.Locate,
  codes.Check,
  codes.Get,
  codes.GetAttributes,
  codes.GetAttributeList,
  codes.AddAttribute,
  codes.ModifyAttribute,
  codes.DeleteAttribute,
  codes.Activate,
  codes.Revoke,
  codes.Destroy,
  codes.Query,
]);

const listed: ReadonlySet<Tag> = new Set<Tag>([
  tags.Operation,
  tags.ObjectType,
  tags.AttributeReference,
  tags.AttributeName,
  tags.Attribute,
  tags.ApplicationNamespace,
  tags.ExtensionInformation,
  tags.AttestationType,
  tags.RNGParameters,
  tags.ProfileInformation,
  tags.ValidationInformation,
  tags.CapabilityInformation,
]);
