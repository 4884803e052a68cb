import type { CampaignState, Finding } from '#src/contract/finding.ts';
import { joined } from './findings.ts';

/** A campaign before its first message. */
export const nothingYet: CampaignState = {
  messages: 0,
  sessions: 0,
  elapsedMs: 0,
  triples: new Set(),
  fresh: 0,
  states: new Set(),
  transitions: new Set(),
  restarts: 0,
  health: 'well',
  findings: [],
};

const healths = ['well', 'restarting', 'gone'] as const;

/** Campaigns as one: sums, unions, and every finding once, by the shortest steps known for it. */
export function merged(parts: readonly CampaignState[]): CampaignState {
  const sum = (of: (part: CampaignState) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  const union = (of: (part: CampaignState) => ReadonlySet<string>) =>
    new Set(parts.flatMap((part) => [...of(part)]));
  return {
    messages: sum((part) => part.messages),
    sessions: sum((part) => part.sessions),
    elapsedMs: sum((part) => part.elapsedMs),
    triples: union((part) => part.triples),
    fresh: sum((part) => part.fresh),
    states: union((part) => part.states),
    transitions: union((part) => part.transitions),
    restarts: sum((part) => part.restarts),
    health: healths.findLast((one) => parts.some(({ health }) => health === one)) ?? 'well',
    findings: mergedFindings(parts.flatMap(({ findings }) => findings)),
  };
}

/** Each finding once, in the order in which they came. */
function mergedFindings(findings: readonly Finding[]): readonly Finding[] {
  const byId = new Map<string, Finding>();
  for (const finding of findings) {
    const known = byId.get(finding.id);
    byId.set(finding.id, known === undefined ? finding : joined(known, finding));
  }
  return [...byId.values()];
}
