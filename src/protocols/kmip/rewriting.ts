import { HarnessError } from '#src/base/errors.ts';
import type { Rewriting } from '#src/contract/rewriting.ts';
import { rewriteMessage } from '#src/wire/http/rewrite.ts';
import { writeEncoded } from './codec.ts';
import type { KmipFrame } from './frames.ts';
import { membersOf, treeOf } from './members.ts';
import { versionOfTree } from './tree-version.ts';
import { wireOf } from './wires.ts';

/** Messages as objects of their fields by name; what stands there more than once is a list. */
export const rewriting: Rewriting<KmipFrame> = {
  items: 'BatchItem',
  open({ tree: { item }, bare }) {
    if (bare || item?.type !== 'Structure') return null;
    return membersOf(item, versionOfTree(item) ?? '2.1');
  },
  close({ tree: { item }, encoding, http }, members, { settings }) {
    if (item === null || encoding === null) throw new HarnessError('usage', 'it is no message');
    const version = versionOfTree(item) ?? '2.1';
    const tree = treeOf(members, { like: item, version });
    const body = writeEncoded(tree, encoding, { json: wireOf(settings).json, version });
    return http === null ? body : rewriteMessage(http, { body });
  },
};
