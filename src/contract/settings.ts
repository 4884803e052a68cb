import type { Readings } from '#models/language/index.ts';

/** Which of its forms a protocol is spoken in. */
export interface Settings {
  readonly dialect: string;
  /** The reading in force for each ambiguity. */
  readonly readings: Readings;
  /** The protocol's own settings, validated by its `options` schema. */
  readonly options: Readonly<Record<string, unknown>>;
}
