import type { Baseline } from '#src/contract/baseline.ts';
import type { KmipFrame } from './frames.ts';
import { writeJson } from './json/write-json.ts';
import { TtlvFrameReader } from './ttlv-frames.ts';
import { writeTtlv } from './ttlv/write.ts';
import type { Item } from './tree.ts';
import { versionOfTree } from './tree-version.ts';

/** Node's own JSON, both ways, of the message as KMIP writes it in JSON. */
export const baseline: Baseline<KmipFrame> = {
  what: 'JSON.parse, JSON.stringify of its JSON',
  goals: { codec: 0.5, memoryMessages: 110_000 },
  of({ http, tree: { item } }) {
    if (http !== null || item === null) return null;
    const text = writeJson(item, versionOfTree(item) ?? '2.1');
    return { ours: () => coded(item), theirs: () => JSON.stringify(JSON.parse(text)) };
  },
};

/** A message of a stream, written and read again. */
function coded(item: Item): readonly KmipFrame[] {
  return new TtlvFrameReader().push(writeTtlv(item));
}
