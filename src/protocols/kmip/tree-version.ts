import { numberAt, type Fields } from '#models/kmip/index.ts';
import { tags } from './registry/tags.ts';
import type { Item, Version } from './tree.ts';

/** The registry to read a message with, by its header; `null`: of no version that there is. */
export function versionOfTree(item: Item): Version | null {
  const header = item.type === 'Structure' ? item.value[0] : undefined;
  const version = header?.type === 'Structure' ? header.value[0] : undefined;
  if (version?.type !== 'Structure' || version.tag !== tags.ProtocolVersion) return null;
  const [major, minor] = version.value.map(({ value }) => value);
  return registryOf(Number(major), Number(minor));
}

/** The same of a Protocol Version as fields. */
export function versionOfFields(version: Fields): Version | null {
  return registryOf(
    numberAt(version, 'ProtocolVersionMajor') ?? 0,
    numberAt(version, 'ProtocolVersionMinor') ?? 0,
  );
}

function registryOf(major: number, minor: number): Version | null {
  if (major === 1) return '1.4';
  if (major !== 2) return null;
  return minor === 0 ? '2.0' : '2.1';
}
