import { assumedReadings, type Readings } from '#models/language/index.ts';
import type { Protocol } from './protocol.ts';
import type { Settings } from './settings.ts';

/** The settings of a session: the assumed readings, with the pinned ones laid over them. */
export function settingsFor(
  protocol: Protocol,
  chosen: {
    readonly dialect?: string;
    readonly pinned?: Readings;
    readonly options?: Readonly<Record<string, unknown>>;
  } = {},
): Settings {
  const options = chosen.options ?? {};
  const implied = protocol.implies?.(options) ?? {};
  return {
    dialect: chosen.dialect ?? protocol.defaultDialect,
    readings: { ...assumedReadings(protocol.model.ambiguities), ...implied, ...chosen.pinned },
    options,
  };
}
