/** A text that a terminal and an XML parser can bear: what a peer sent may hold anything. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\uFFFE\uFFFF]/gu, (odd) => `\\u${hex(odd)}`);
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
}

/** A label and a text behind it, wrapped to a width and cut off with `…` after so many lines. */
export function paragraph(
  label: string,
  text: string,
  room: { readonly columns: number; readonly lines: number },
): readonly string[] {
  const margin = label.length;
  const lines = wrap(printable(text), Math.max(20, room.columns - margin));
  const kept = lines.slice(0, room.lines);
  if (lines.length > kept.length) kept.push(`${(kept.pop() ?? '').slice(0, -1)}…`);
  return kept.map((line, index) => `${index === 0 ? label : ' '.repeat(margin)}${line}`);
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  const piece = new RegExp(`.{1,${width}}`, 'gu');
  for (const word of text.split(' ').flatMap((long) => long.match(piece) ?? [])) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** `1 case`, `2 cases`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
