/** What happened between two sides, as a machine sees it: `<side>.<message or flaw>` and more. */
export interface ModelEvent {
  readonly type: string;
  readonly [member: string]: unknown;
}

const types = new Map<string, Map<string, string>>();

/** The type of an event: the same string each time, so that tables find it at once. */
export function eventType(side: string, what: string): string {
  const ofSide = types.get(side) ?? new Map<string, string>();
  if (ofSide.size === 0) types.set(side, ofSide);
  const known = ofSide.get(what);
  if (known !== undefined) return known;
  const type = `${side}.${what}`;
  ofSide.set(what, type);
  return type;
}
