import type { TagName } from '../../registry/tags.ts';

/** A field: its name, then nothing (one), `?` (at most one), `*` (any number) or `+` (one at least). */
export type Field = `${TagName}${'' | '?' | '*' | '+'}`;

/** The fields of a structure in their order. */
export type Fields = readonly Field[];
