import { tags } from '../../../registry/tags.ts';
import type { Tag } from '../../../tree.ts';
import type { TagPlace, TagSpelling } from '../../dialect.ts';

/**
 * The tags of Cosmian's messages before its version 5: `Message` with its `Header`, `Items` for
 * batch items, `VendorAttributes` for attributes of vendors.
 */
export const messageAlias: TagSpelling = (name, place) => {
  const tag = Object.hasOwn(aliases, name) ? aliases[name]?.(place) : undefined;
  return tag === undefined ? null : { tag, kind: 'tagAlias' };
};

const aliases: Readonly<Record<string, (place: TagPlace) => Tag | undefined>> = {
  Message: ({ parent, text }) => {
    if (parent !== null) return undefined;
    return isResponse(text) ? tags.ResponseMessage : tags.RequestMessage;
  },
  Header: ({ parent }) => {
    if (parent === tags.RequestMessage) return tags.RequestHeader;
    return parent === tags.ResponseMessage ? tags.ResponseHeader : undefined;
  },
  Items: ({ parent }) =>
    parent === tags.RequestMessage || parent === tags.ResponseMessage || parent === tags.BatchItem
      ? tags.BatchItem
      : undefined,
  VendorAttributes: ({ parent }) => (parent === null ? undefined : tags.Attribute),
};

/** By what every item of a response has and none of a request; inside texts quotes are escaped. */
function isResponse(text: string): boolean {
  return /"tag"\s*:\s*"(?:ResultStatus|ResponsePayload)"/.test(text);
}
