import type { Requirement } from '#models/language/index.ts';

/** What a page holds as data, in JSON: its script makes rows and details of it when they are seen. */
export interface PageRecord {
  /** Every text of the results, once; a number elsewhere is its place here, -1 is `null`. */
  readonly texts: readonly string[];
  readonly results: ResultColumns;
  /** By the index of the result. */
  readonly exhibits: Readonly<Record<string, ExhibitRecord>>;
  /** How many results have a trace that is too much for the page. */
  readonly exhibitsLeftOut: number;
  readonly requirements: readonly RequirementRecord[];
}

/** A requirement, with the title of its document. */
export type RequirementRecord = Pick<Requirement, 'id' | 'level' | 'basis' | 'text'> & {
  readonly cited: string;
};

/** What the page shows of a result. */
export interface ShownResult {
  readonly id: string;
  readonly title: string;
  readonly verdict: string;
  readonly kind: string | null;
  readonly level: string | null;
  readonly requirements: readonly string[];
  readonly citations: readonly string[];
  readonly reading: readonly string[];
  readonly expected: readonly { readonly outcome: string; readonly why: string }[];
  readonly actual: string | null;
  readonly explanation: string | null;
  /** What a list of known failures says of it, in a line. */
  readonly known: string | null;
  readonly messages: number;
  readonly durationMs: number;
  readonly tries: { readonly failed: number; readonly of: number };
  readonly trace: string | null;
  readonly replay: string;
}

type Numbers = readonly number[];

/** The results, one array for each of their members: the worst first. */
export interface ResultColumns {
  readonly id: readonly string[];
  readonly title: Numbers;
  readonly verdict: Numbers;
  readonly kind: Numbers;
  readonly level: Numbers;
  readonly requirements: readonly Numbers[];
  readonly citations: readonly Numbers[];
  readonly reading: readonly Numbers[];
  readonly outcomes: readonly Numbers[];
  readonly reasons: readonly Numbers[];
  readonly actual: Numbers;
  readonly explanation: Numbers;
  readonly known: Numbers;
  readonly messages: Numbers;
  readonly durationMs: Numbers;
  readonly failed: Numbers;
  readonly tries: Numbers;
  readonly trace: Numbers;
  /** With `{id}` where the id stands. */
  readonly replay: Numbers;
}

/** A trace laid out, without key material. */
export interface ExhibitRecord {
  readonly peer: string;
  readonly player: string;
  readonly steps: readonly StepRecord[];
  /** Steps before the first of them. */
  readonly leftOut: number;
  /** Index in `steps`. */
  readonly wrongAt: number | null;
  /** The frame that is wrong, and the last one that the player said before it. */
  readonly actual: FrameRecord | null;
  readonly asked: FrameRecord | null;
  readonly allowed: readonly FrameRecord[];
  /** Further messages that are allowed, by name alone. */
  readonly alsoAllowed: readonly string[];
}

/** One step of a trace. */
export interface StepRecord {
  readonly kind: 'opened' | 'said' | 'closed' | 'silence' | 'omitted';
  readonly by: string | null;
  readonly atMs: number;
  readonly line: string;
  /** That the session came into by it. */
  readonly states: readonly string[];
}

/** A frame as bytes and as a tree. */
export interface FrameRecord {
  readonly message: string;
  /** What is wrong with it, and the requirement that says so. */
  readonly flaws: readonly string[];
  readonly length: number;
  /** Hexadecimal, or how many bytes of key material stand there. */
  readonly bytes: readonly (string | number)[];
  readonly tree: TreeRecord;
}

/** A member, its value, and the members in it. */
export type TreeRecord = readonly [
  name: string,
  value: string | null,
  members?: readonly TreeRecord[],
];
