import type { Item } from '../../tree.ts';
import { tags } from '../../registry/tags.ts';
import { since, type Context } from '../model/context.ts';
import * as items from '../model/items.ts';
import { ruleOf, type AttributeRule } from './rules.ts';

/** In which version a message speaks of attributes. */
export type Speaking = Pick<Context, 'version' | 'protocol'>;

/** Whether the message's version has an attribute. */
export function isSpoken({ since: first, onlyOne }: AttributeRule, context: Speaking): boolean {
  return since(context, ...first) && !(onlyOne && context.version !== '1.4');
}

/** As much of some attributes as the message's version knows: what is newer is not told. */
export function toldTo(attributes: readonly Item[], context: Speaking): readonly Item[] {
  return attributes
    .filter((item) => isTold(item, context))
    .map((item) => withKnownFields(item, context));
}

/** 1.x has names for the attributes of two vendors only: `x`, the client, and `y`, the server. */
function isTold(item: Item, context: Speaking): boolean {
  if (item.tag === tags.Attribute) {
    const vendor = items.textOf(item, tags.VendorIdentification);
    return context.version !== '1.4' || vendor === 'x' || vendor === 'y';
  }
  const rule = ruleOf(item.tag);
  return rule !== undefined && isSpoken(rule, context);
}

/** A Digest says of which format it is since 1.1. */
function withKnownFields(item: Item, context: Speaking): Item {
  if (item.tag !== tags.Digest || item.type !== 'Structure' || since(context, 1, 1)) return item;
  return { ...item, value: item.value.filter(({ tag }) => tag !== tags.KeyFormatType) };
}
