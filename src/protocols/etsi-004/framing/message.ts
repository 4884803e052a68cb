import type { Json } from '#src/base/json.ts';

/** One frame of the service framing, as it lay on a connection. */
export interface ServiceMessage {
  /** Three numbers, with dots; empty where there is no header. */
  readonly version: string;
  /** The service byte; -1 where there is no header. */
  readonly service: number;
  /** The payload as the content that the same message has in the push mode; none where unread. */
  readonly content: Json | undefined;
  /** What is wrong with it, the first of each code; empty for a good frame. */
  readonly problems: readonly ServiceProblem[];
  /** Which exchange of its connection it belongs to, from 0. */
  readonly exchange: number;
  /** Bytes that it took on the connection. */
  readonly sizeBytes: number;
}

/** One thing wrong with a frame. */
export interface ServiceProblem {
  readonly code: ServiceProblemCode;
  /** What was expected and what was found, in one line; quotes no content. */
  readonly detail: string;
}

/** What can be wrong with a frame. */
export const serviceProblems = {
  version: 'the header has another version than that of the dialect',
  service: 'the header names no service of the interface',
  short: 'the payload ends before its last member does',
  long: 'bytes follow the last member of the payload',
  text: 'a text has no NUL behind it, or is no UTF-8',
  overLimit: 'longer than what is read',
  cut: 'the connection ended within the frame',
  record: 'no record of a bundle of connections',
} as const satisfies Record<string, string>;

export type ServiceProblemCode = keyof typeof serviceProblems;

export const headerBytes = 8;
/** Longest payload that is read; of a longer one the bytes are only counted. */
export const mostPayloadBytes = 16 * 2 ** 20;
/** Of a mimetype that is filled up; the longest one that is ended by a NUL has one byte less. */
export const mimetypeBytes = 256;
