import { isFields, type Fields } from '#models/kmip/index.ts';
import { versionOfFields } from './tree-version.ts';
import type { Version } from './tree.ts';

/** The registry to read and write a message with, by its header; that of 2.1 without one. */
export function registryFor(content: Fields): Version {
  const header = content['RequestHeader'] ?? content['ResponseHeader'];
  const version = isFields(header) ? header['ProtocolVersion'] : undefined;
  return (isFields(version) ? versionOfFields(version) : null) ?? '2.1';
}
