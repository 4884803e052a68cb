import type { Item } from '../../tree.ts';
import { tags } from '../../registry/tags.ts';
import type { Operation } from '../model/context.ts';
import * as items from '../model/items.ts';
import type { ProtocolVersion } from '../model/server.ts';

/** Discover Versions: those that are spoken here, or which of the client's are. */
export const discoverVersions: Operation = (payload, { server }) => {
  const { versions } = server.settings;
  const asked = items.all(payload, tags.ProtocolVersion);
  if (asked.length === 0) return versions.map(versionItem);
  return versions.map(versionItem).filter((own) => asked.some((item) => items.sameItem(item, own)));
};

function versionItem({ major, minor }: ProtocolVersion): Item {
  return items.structure(tags.ProtocolVersion, [
    items.integer(tags.ProtocolVersionMajor, major),
    items.integer(tags.ProtocolVersionMinor, minor),
  ]);
}
