import { printable } from './text.ts';

/** Characters of one cell or sentence. */
const mostLetters = 250;

/** A text that means nothing to Markdown: what a peer said may hold anything. */
export function prose(text: string): string {
  return cut(printable(text))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*[\]|~#>]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replaceAll('://', '&#58;//')
    .replace(/(?<!\w)@/g, '&#64;');
}

/** A name or an address, as it is written. */
export function code(text: string): string {
  const plain = cut(printable(text));
  if (/^[\w./:=@,+?&%()[\] -]+$/.test(plain)) return `\`${plain}\``;
  return `<code>${prose(plain)}</code>`;
}

/** Commands, one a line; those that are too long to be read are left out. */
export function shell(lines: readonly string[]): string {
  const short = lines.map(printable).filter((line) => line.length <= 4 * mostLetters);
  return ['~~~~sh', ...short, '~~~~'].join('\n');
}

/** A table of cells that are Markdown already. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cut(text: string): string {
  return text.length <= mostLetters ? text : `${text.slice(0, mostLetters - 1).toWellFormed()}…`;
}
