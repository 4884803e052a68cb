import type { Result } from '#src/contract/report.ts';

/** What a result says is wrong, in one line: `<requirement> (<kind>): <what came>`. */
export function messageOf({ requirements, kind, actual, explanation }: Result): string {
  const [broken = 'nothing'] = requirements;
  const said = (actual ?? explanation ?? '').replace(/\s+/g, ' ').trim();
  return kind === null ? said : `${broken} (${kind}): ${said}`;
}

/** What another run says otherwise: what is measured, ids and digests, numbers drawn by chance. */
const passing = [
  /\d+(?:\.\d+)?(?= to \d+(?:\.\d+)? MiB\b)/g,
  /\d+(?:\.\d+)?(?= (?:ms|s|MiB|messages)\b)/g,
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi,
  /\b(?=[a-f]*\d)[0-9a-f]{8,}\b/gi,
] as const;

/** A pattern for the message: itself, but for what another run says otherwise. */
export function patternOf(result: Result): string {
  const message = messageOf(result).replaceAll('*', '\\*');
  if (message === '') return '*';
  return passing.reduce((text, part) => text.replace(part, '*'), message);
}

/** True where a pattern says the whole message: `*` stands for anything, `\*` for itself. */
export function says(pattern: string, message: string): boolean {
  const pieces = pattern
    .trim()
    .split(/(?<!\\)\*/)
    .map((piece) => piece.replaceAll('\\*', '*'));
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return message === first;
  if (!message.startsWith(first) || !message.slice(first.length).endsWith(last)) return false;
  const middle = message.slice(first.length, message.length - last.length);
  let at = 0;
  for (const piece of rest) {
    const found = middle.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}
