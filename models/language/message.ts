import type { TSchema } from 'typebox';

/** What is meant by one message: who may say it and what its content must be. */
export interface MessageRow {
  /** The sides that may say it. */
  readonly saidBy: readonly string[];
  /** The name on the documents' pages, where it differs from ours. */
  readonly wireName: string;
  /** JSON Schema of the content; `null` where the message has none. */
  readonly content: TSchema | null;
  /** The document's own example content, or a valid one where it has none. */
  readonly example: unknown;
  /** Said instead of any usual answer, when something went wrong. */
  readonly exceptional?: boolean;
}
