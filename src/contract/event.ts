/** What happened between two sides, as a machine sees it: `<side>.<message or flaw>` and more. */
export interface ModelEvent {
  readonly type: string;
  readonly [member: string]: unknown;
}
