import { basename } from 'node:path';
import type { Readings } from '#models/language/index.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { FoundResult, Report } from '#src/contract/report.ts';
import type { Violation, VerdictName } from '#src/contract/verdict.ts';
import { findingId } from '#src/fuzz/identify.ts';
import { examined } from '#src/fuzz/replay.ts';
import { keptIn } from './fuzz-captures.ts';
import { sessionName } from './fuzz-names.ts';
import { storedTrace } from './stored-trace.ts';

/** One trace that was judged again. */
export interface Rejudged {
  readonly id: string;
  readonly trace: string;
  readonly before: VerdictName;
  readonly after: VerdictName;
  /** What the judge says now where that is something else; `null`: as before. */
  readonly change: string | null;
  /** Of a captured session: the id that a finding of its violation has. */
  readonly finding?: string;
}

/** A campaign that was stored with its sessions. */
interface StoredSessions {
  readonly protocol: Protocol;
  readonly report: Report;
  readonly folder: string;
  readonly pinned: Readings;
}

/**
 * The captured sessions of a campaign, each judged as a whole. Before, a session was wrong where it
 * shows one of the campaign's findings, and right else.
 * @throws HarnessError `usage` where a trace cannot be read.
 */
export function rejudgedSessions(run: StoredSessions): readonly Rejudged[] {
  return keptIn(run.folder).map((number) => rejudged(run, sessionName(number)));
}

/** What changes have in common that are told once. */
export function likeness({ id, finding, before, after }: Rejudged): string {
  return finding === undefined ? id : [finding, before, after].join(' ');
}

function rejudged({ protocol, report, folder, pinned }: StoredSessions, file: string): Rejudged {
  const trace = storedTrace(folder, file);
  const { dialect, options } = trace;
  const settings = settingsFor(protocol, { dialect, options, pinned });
  const { verdict, signature } = examined({ protocol, settings, pinned }, trace);
  const { violation, verdict: after } = verdict;
  const named = { id: basename(file, '.trace.json'), trace: file, after };
  if (violation === null || signature === null) return { ...named, before: after, change: null };
  const finding = findingId(protocol.name, trace.peer, signature);
  const { findings = [] } = report.fuzz ?? {};
  const isKnown = findings.some((one) => one.id === finding || isFallBy(one, violation));
  const before = isKnown ? after : 'pass';
  return { ...named, finding, before, change: isKnown ? null : violation.explanation };
}

/** A target that fell has closed its connection or was silent: that is the same. */
function isFallBy({ kind, requirement }: FoundResult, violation: Violation): boolean {
  return (kind === 'crash' || kind === 'hang') && requirement === violation.requirement.id;
}
