/** A place in a document: its short name (listed by the model) and the section's heading. */
export interface Citation {
  readonly document: string;
  readonly section: string;
}
