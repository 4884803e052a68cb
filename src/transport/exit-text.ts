import type { Exit } from './command.ts';

/** Characters of a last line that are told. */
const toldCharacters = 200;

/** How a command ended, for people: `exit code 1: KeyError: 'code'`. */
export function exitText({ code, signal, lastWords }: Exit): string {
  const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
  const line = lastLine(lastWords);
  return line === '' ? how : `${how}: ${line}`;
}

function lastLine(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trim());
  const last = lines.findLast((line) => line !== '') ?? '';
  return last.length > toldCharacters ? `${last.slice(0, toldCharacters - 1)}…` : last;
}
