import { numberAt, type Fields } from '#models/kmip/index.ts';
import { tags } from './registry/tags.ts';
import type { Item, Version } from './tree.ts';

/** The registry to read a message with, by its header; `null`: of no version that there is. */
export function versionOfTree(item: Item): Version | null {
  const said = protocolOf(item);
  return said === null ? null : registryOf(said.major, said.minor);
}

/** The version that a message's header says, whether there is such a one or not. */
function protocolOf(item: Item): { readonly major: number; readonly minor: number } | null {
  const header = item.type === 'Structure' ? item.value[0] : undefined;
  const version = header?.type === 'Structure' ? header.value[0] : undefined;
  if (version?.type !== 'Structure' || version.tag !== tags.ProtocolVersion) return null;
  const [major, minor] = version.value.map(({ value }) => value);
  return { major: Number(major), minor: Number(minor) };
}

/** The same of a Protocol Version as fields. */
export function versionOfFields(version: Fields): Version | null {
  return registryOf(
    numberAt(version, 'ProtocolVersionMajor') ?? 0,
    numberAt(version, 'ProtocolVersionMinor') ?? 0,
  );
}

/** In which version a message speaks: the registry to go by, and what its header says. */
export interface Speech {
  readonly version: Version;
  /** `1.3`. */
  readonly said: string;
}

/** The version of a message, by its header; `null`: there is no such version. */
export function speechOf(item: Item): Speech | null {
  const version = versionOfTree(item);
  const said = protocolOf(item);
  return version && said && { version, said: `${said.major}.${said.minor}` };
}

/** The version that a text names. */
export function spokenIn(said: string): Speech {
  const [major, minor] = said.split('.').map(Number);
  return { version: registryOf(major ?? 2, minor ?? 1) ?? '2.1', said };
}

/** The registry of a version; 1.0 to 1.3 go by that of 1.4. */
function registryOf(major: number, minor: number): Version | null {
  if (major === 1) return '1.4';
  if (major !== 2) return null;
  return minor === 0 ? '2.0' : '2.1';
}
