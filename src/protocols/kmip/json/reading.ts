import type { Limits, Version } from '../tree.ts';
import type { Dialect } from './dialect.ts';
import type { ProblemList } from './problem-list.ts';

/** How a text is read, and where its problems go. */
export interface Reading {
  readonly text: string;
  readonly version: Version;
  readonly dialect: Dialect;
  readonly limits: Limits;
  readonly problems: ProblemList;
}
