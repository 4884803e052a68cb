import type { Protocol } from '#src/contract/protocol.ts';
import type { Report } from '#src/contract/report.ts';
import type { Trace } from '#src/contract/trace.ts';

/** What a format may draw on besides the report. */
export interface Sources {
  /** The run's folder: relative to where the tool was started, or absolute where it is elsewhere. */
  readonly folder: string;
  /** The protocol that the report speaks of; `null` where this qkdspec does not know it. */
  readonly protocol: Protocol | null;
  /** Where the files of the job that this is part of may be fetched; `null`: nobody keeps them. */
  readonly artifactsUrl: string | null;
  /** A trace by its file, as results name it; `null` where it is not there or cannot be read. */
  trace(file: string): Trace | null;
}

/** Draws a run as one file. */
export type Drawn = (report: Report, sources: Sources) => string;

/** Draws a run as many files, by their names in one folder. */
export type DrawnApart = (report: Report, sources: Sources) => ReadonlyMap<string, string>;
