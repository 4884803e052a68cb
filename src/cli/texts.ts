import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, makeFolder } from './folder.ts';
import type { Screen } from './screen.ts';
import { oneOf, usage } from './usage.ts';

/** A form, drawn when it is wanted. */
export type Text = () => string;

/**
 * Writes what is wanted of several forms of one thing: `name` goes to stdout, `name:file` to a file.
 * The console where nothing is wanted.
 * @throws HarnessError `usage` naming the nearest form, or where a file cannot be written.
 */
export function writeTexts(
  forms: Readonly<Record<string, Text>>,
  wanted: readonly string[],
  screen: Screen,
): void {
  for (const text of wanted.length === 0 ? ['console'] : wanted) {
    const at = text.indexOf(':');
    const name = oneOf(at < 0 ? text : text.slice(0, at), {
      known: Object.keys(forms),
      what: 'reporter',
    });
    const file = at < 0 ? '-' : text.slice(at + 1);
    const drawn = forms[name]?.() ?? '';
    if (file === '-') screen.out(drawn);
    else put(file, drawn);
  }
}

function put(file: string, text: string): void {
  makeFolder(dirname(file));
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw usage(`cannot write ${file}: ${codeOf(cause)}`, { cause });
  }
}
