import { utf8Text } from '#src/base/bytes.ts';
import { parseJson, type JsonResult } from '#src/base/json.ts';

/** Where readers of JSON differ: each rule is one reading other than the assumed one. */
export type JsonRule =
  | 'trailingComma'
  | 'duplicateMembers'
  | 'byteOrderMark'
  | 'invalidUtf8'
  | 'loneSurrogates'
  | 'jsonLimits';

/** How JSON is read; without rules strictly. */
export interface JsonHabits {
  readonly specials: boolean;
  readonly rules?: ReadonlySet<JsonRule>;
}

const token = /"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/gs;
const structure = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]/gs;
const loneSurrogate =
  /\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]/;
const mark = Buffer.of(0xef, 0xbb, 0xbf);

/** Reads JSON as `parseJson` does, but for the rules; never throws. */
export function readJson(bytes: Uint8Array, { specials, rules }: JsonHabits): JsonResult {
  if (rules === undefined) return parseJson(bytes, { specials });
  let read = bytes;
  if (rules.has('byteOrderMark') && mark.equals(bytes.subarray(0, 3))) read = bytes.subarray(3);
  if (rules.has('invalidUtf8')) read = Buffer.from(Buffer.from(read).toString('utf8'));
  const commas = rules.has('trailingComma') ? utf8Text(read) : null;
  if (commas !== null) {
    read = Buffer.from(commas.replace(token, (found) => (found === ',' ? '' : found)));
  }
  const result = parseJson(read, { specials, unlimited: rules.has('jsonLimits') });
  if (!result.ok) return result;
  const text = utf8Text(read) ?? '';
  if (rules.has('duplicateMembers') && repeatsMember(text)) {
    return { ok: false, why: 'a member occurs twice' };
  }
  if (rules.has('loneSurrogates') && loneSurrogate.test(text)) {
    return { ok: false, why: 'half of a surrogate pair' };
  }
  return result;
}

function repeatsMember(text: string): boolean {
  const objects: Set<string>[] = [];
  for (const [found, name, colon] of text.matchAll(structure)) {
    if (found === '{') objects.push(new Set());
    else if (found === '}') objects.pop();
    else if (colon !== undefined && name !== undefined) {
      const names = objects.at(-1);
      if (names?.has(name) === true) return true;
      names?.add(name);
    }
  }
  return false;
}
