import type { Edge } from './edges.ts';
import type { Reached } from './reached.ts';

/** Labels of one edge that are shown one by one. */
const mostLabels = 4;

/**
 * What leads along an edge, each marked by whether a run reached it. Where that is much, messages
 * under the same guard are one line, or guards of the same message: whatever takes fewer.
 */
export function edgeLabels(
  { labels, ids }: Pick<Edge, 'labels' | 'ids'>,
  { transitions }: Pick<Reached, 'transitions'>,
): readonly string[] {
  const all = labels.map((label, at) => labelOf(label, transitions.has(ids[at] ?? '')));
  if (all.length <= mostLabels) return all.map(({ label, isReached }) => markOf(isReached) + label);
  const byEvent = Map.groupBy(all, ({ event }) => event);
  const byGuard = Map.groupBy(all, ({ guard }) => guard);
  if (byEvent.size <= byGuard.size) {
    return [...byEvent].map(([event, group]) => groupLine(event, group, 'guards'));
  }
  return [...byGuard].map(([guard, group]) =>
    groupLine(guard === '' ? 'under no guard' : `[${guard}]`, group, 'messages'),
  );
}

interface Label {
  readonly label: string;
  readonly event: string;
  readonly guard: string;
  readonly isReached: boolean;
}

function labelOf(label: string, isReached: boolean): Label {
  const [event = '', guard = ''] = label.split(' [');
  return { label, event, guard: guard.replace(/\]$/, ''), isReached };
}

function groupLine(name: string, group: readonly Label[], what: string): string {
  const [first] = group;
  const hit = group.filter(({ isReached }) => isReached).length;
  if (first !== undefined && group.length === 1) return markOf(hit > 0) + first.label;
  const many = String(group.length);
  return `${markOf(hit > 0)}${name}: ${String(hit).padStart(many.length, '0')} of ${many} ${what}`;
}

/** Of one width, as is all else here: what was reached does not decide where things lie. */
export function markOf(isReached: boolean): string {
  return isReached ? '✓ ' : '○ ';
}
