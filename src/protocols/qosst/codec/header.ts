import { isJsonObject, type Json, type JsonResult } from '#src/base/json.ts';
import type { FrameProblem } from '../frame.ts';
import { readJson, type JsonHabits } from './read-json.ts';

/** What a reader makes of a header. */
export interface ReadHeader {
  readonly header: JsonResult;
  readonly problems: readonly FrameProblem[];
  /** How much content follows: 0 where the header does not say it properly. */
  readonly contentLengthBytes: number;
}

/**
 * Reads a header and says what is wrong with it: absent members first, then those of a wrong
 * type. `code` may have any type, since an unknown code is no fault of the frame. Never throws.
 *
 * @see QOSST control protocol, Format of frame
 */
export function readHeader(bytes: Uint8Array, json: JsonHabits): ReadHeader {
  const header = readJson(bytes, json);
  if (!header.ok) return unusable(header, { code: 'headerNotJson', detail: header.why });
  if (!isJsonObject(header.value)) {
    const detail = `expected an object, got ${kindOf(header.value)}`;
    return unusable(header, { code: 'headerNotObject', detail });
  }
  const { content_length: length } = header.value;
  const contentLengthBytes = isLength(length) ? Number(length) : 0;
  return { header, problems: memberProblems(header.value), contentLengthBytes };
}

function unusable(header: JsonResult, problem: FrameProblem): ReadHeader {
  return { header, problems: [problem], contentLengthBytes: 0 };
}

type JsonObject = { readonly [name: string]: Json };

const noProblems: readonly FrameProblem[] = [];

/** Objects from JSON inherit none of these names, and what is absent is `undefined`. */
function memberProblems(header: JsonObject): readonly FrameProblem[] {
  const { code, content_length: length, challenge, next_challenge: next } = header;
  const isRight = isPresent(code) && isLength(length) && isText(challenge) && isText(next);
  return isRight ? noProblems : [...missing(header), ...mistyped(header)];
}

const members = [
  { name: 'code', expected: 'any value', isRight: isPresent },
  { name: 'content_length', expected: 'an integer of 0 or more', isRight: isLength },
  { name: 'challenge', expected: 'a string', isRight: isText },
  { name: 'next_challenge', expected: 'a string', isRight: isText },
] as const;

function missing(header: JsonObject): readonly FrameProblem[] {
  return members
    .filter(({ name }) => header[name] === undefined)
    .map(({ name }) => ({
      code: 'headerMemberMissing',
      member: name,
      detail: `expected a member ${name}`,
    }));
}

function mistyped(header: JsonObject): readonly FrameProblem[] {
  return members.flatMap(({ name, expected, isRight }) => {
    const value = header[name];
    if (value === undefined || isRight(value)) return [];
    const detail = `expected ${name} to be ${expected}, got ${kindOf(value)}`;
    return [{ code: 'headerMemberType', member: name, detail }];
  });
}

function isPresent(value: Json | undefined): boolean {
  return value !== undefined;
}

function isLength(value: Json | undefined): boolean {
  return typeof value === 'bigint' ? value >= 0n : Number.isInteger(value) && Number(value) >= 0;
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string';
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' || typeof value === 'bigint') return shortened(String(value));
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Peers send numbers of thousands of digits. */
function shortened(text: string): string {
  return text.length <= 24 ? text : `${text.slice(0, 20)}… (${text.length} characters)`;
}
