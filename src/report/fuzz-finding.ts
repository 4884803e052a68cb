import type { Requirement } from '#models/language/index.ts';
import type { FoundResult, Result } from '#src/contract/report.ts';
import { demandVersion } from '#src/gate/case-version.ts';
import { counted } from './text.ts';

/** Kinds that are red whatever the documents make of them. */
const falls: readonly FoundResult['kind'][] = ['crash', 'hang', 'leak'];

/** A finding as a result, for reports that know cases only. */
export function resultOfFinding(
  found: FoundResult,
  about: {
    readonly protocol: string;
    readonly side: string;
    readonly requirement: (id: string) => Requirement | null;
  },
): Result {
  const row = about.requirement(found.requirement);
  const level = row?.level ?? 'MUST';
  const { kind, minimalMessages, messagesToDetection, times } = found;
  const shown =
    kind === 'leak' ? 'leak' : `${kind}, shown by ${counted(minimalMessages, 'message')}`;
  return {
    id: `${about.protocol}/fuzz/${found.id}`,
    version: demandVersion(row),
    title: `${shown} (found at message ${messagesToDetection}, seen ${counted(times, 'time')})`,
    protocol: about.protocol,
    side: about.side,
    verdict: level === 'MUST' || falls.includes(kind) ? 'fail' : 'warn',
    kind,
    level,
    requirements: [found.requirement],
    citations: [found.citation],
    reading: [],
    expected: found.expected.map((outcome) => ({ outcome, why: '' })),
    actual: found.actual,
    explanation: found.explanation,
    messages: minimalMessages,
    durationMs: 0,
    tries: { failed: times, of: times },
    trace: found.trace,
    replay: found.replay,
  };
}

/** A campaign that found nothing, as one result that passed. */
export function resultOfCleanCampaign(
  about: { readonly protocol: string; readonly side: string },
  ran: { readonly messages: number; readonly durationMs: number; readonly replay: string },
): Result {
  return {
    id: `${about.protocol}/fuzz/${about.side}`,
    version: demandVersion(null),
    title: `A campaign of ${ran.messages} messages finds nothing wrong`,
    protocol: about.protocol,
    side: about.side,
    verdict: 'pass',
    kind: null,
    level: null,
    requirements: [],
    citations: [],
    reading: [],
    expected: [],
    actual: null,
    explanation: null,
    messages: ran.messages,
    durationMs: ran.durationMs,
    tries: { failed: 0, of: 1 },
    trace: null,
    replay: ran.replay,
  };
}
