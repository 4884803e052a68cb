/** A TypeScript text without its comments, strings kept: what imports and names can be read from. */
export function withoutComments(text: string): string {
  return pieces(text)
    .map(({ kind, text: piece }) => (kind === 'comment' ? ' ' : piece))
    .join('');
}

/** A TypeScript text without comments and without what stands in strings and patterns. */
export function codeOnly(text: string): string {
  return pieces(text)
    .map(({ kind, text: piece }) => (kind === 'code' ? piece : kind === 'text' ? "''" : ' '))
    .join('');
}

interface Piece {
  readonly kind: 'code' | 'comment' | 'text';
  readonly text: string;
}

/** Where something other than code begins, and up to where it goes. */
const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const quoted = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y;
const pattern = /\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const templatePart = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;
const word = /[\w$]+|\s+|[\s\S]/y;

/** What a regular expression may follow; after anything else a slash divides. */
const beforePattern = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|=>))\s*$/;

function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  const depths: number[] = [];
  let braces = 0;
  let at = 0;
  let code = '';
  const take = (kind: Piece['kind'], piece: string) => {
    if (kind === 'code') code = (code + piece).slice(-40);
    else if (kind === 'text') code += "'";
    found.push({ kind, text: piece });
    at += piece.length;
  };
  while (at < text.length) {
    const literal = match(comment, text, at);
    const string = match(quoted, text, at) ?? template(text, at, { depths, braces });
    if (literal !== null) take('comment', literal);
    else if (string !== null) {
      if (string.startsWith('}')) depths.pop();
      if (string.endsWith('${')) depths.push(braces);
      take('text', string);
    } else {
      const regular = beforePattern.test(code) ? match(pattern, text, at) : null;
      if (regular !== null) take('text', regular);
      else {
        const token = match(word, text, at) ?? text.slice(at, at + 1);
        if (token === '{') braces += 1;
        if (token === '}') braces -= 1;
        take('code', token);
      }
    }
  }
  return found;
}

/** A piece of a template: from its backquote, or from the brace that ends an inserted value. */
function template(
  text: string,
  at: number,
  { depths, braces }: { depths: readonly number[]; braces: number },
): string | null {
  const opens = text[at] === '`';
  const resumes = text[at] === '}' && depths.at(-1) === braces;
  if (!opens && !resumes) return null;
  const rest = match(templatePart, text, at + 1);
  return rest === null ? null : text.slice(at, at + 1) + rest;
}

function match(what: RegExp, text: string, at: number): string | null {
  what.lastIndex = at;
  return what.exec(text)?.[0] ?? null;
}
