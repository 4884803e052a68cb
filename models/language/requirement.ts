import type { Citation } from './citation.ts';

/** How strongly a document binds: `MAY` is recorded, never judged. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/**
 * Where a requirement comes from: the document's words (`stated`), what they make
 * necessary (`implied`), or what every released implementation does (`observed`).
 */
export type Basis = 'stated' | 'implied' | 'observed';

/** One normative statement of a document. */
export interface RequirementRow {
  readonly level: Level;
  readonly basis: Basis;
  /** The side that is bound; `any` binds whoever sends or receives. */
  readonly binds: string;
  readonly cite: Citation;
  readonly text: string;
  /** Why no trace can show whether it holds. A row without it has a case. */
  readonly unobservable?: string;
}

/** A requirement with its stable id, `<protocol>/<key>`. */
export interface Requirement extends RequirementRow {
  readonly id: string;
}

/** Gives each row of a table its id. */
export function defineRequirements<const Rows extends Record<string, RequirementRow>>(
  protocol: string,
  rows: Rows,
): { readonly [Key in keyof Rows]: Requirement } {
  const named = Object.entries(rows).map(([key, row]) => [
    key,
    { id: `${protocol}/${key}`, ...row },
  ]);
  return Object.fromEntries(named) as { readonly [Key in keyof Rows]: Requirement };
}
