import type { HttpHeader } from './message.ts';
import type { Problems } from './problems.ts';

/** The characters of methods and of names, as a class of a pattern. */
export const tokenCharacters = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";

const tokenPattern = new RegExp(`^${tokenCharacters}+$`);
const forbidden = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Reads header lines in their order. What is no header line is left out; a line that goes on with
 * the one before is joined to it by a blank.
 *
 * @see RFC 9112, section 5
 */
export function readFields(lines: readonly string[], problems: Problems): readonly HttpHeader[] {
  const headers: { readonly name: string; readonly pieces: string[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const folded = line.startsWith(' ') || line.startsWith('\t') ? headers.at(-1) : undefined;
    if (forbidden.test(line)) {
      problems.add(
        'headerLine',
        `expected text in header line ${index + 1}, got a control character`,
      );
    }
    if (folded !== undefined) {
      problems.add('obsFold', `expected each header on one line, got line ${index + 1} to go on`);
      folded.pieces.push(trimmed(line));
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    if (tokenPattern.test(name)) headers.push({ name, pieces: [trimmed(line.slice(colon + 1))] });
    else problems.add('headerLine', `expected 'name: value' in header line ${index + 1}`);
  }
  return headers.map(({ name, pieces }) => ({ name, value: pieces.join(' ') }));
}

/** The values of all headers of a name, in their order; names do not tell cases apart. */
export function valuesOf(headers: readonly HttpHeader[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers
    .filter((header) => header.name.length === wanted.length)
    .filter((header) => header.name.toLowerCase() === wanted)
    .map(({ value }) => value);
}

/** Without blanks and tabs around it; a pattern would take the square of a long run of them. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text, start)) start += 1;
  while (end > start && isBlank(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

function isBlank(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 0x20 || unit === 0x09;
}
