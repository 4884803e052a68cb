import type { Exit } from './command.ts';

/** Characters of a last line that are told. */
const toldCharacters = 200;
/** Lines that runtimes add behind the one that says what happened. */
const trailing = /^(\s|\W+$|Node\.js v\d|note: |goroutine |exit status )/;

/** How a command ended, for people: `exit code 1: KeyError: 'code'`. */
export function exitText({ code, signal, lastWords }: Exit): string {
  const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
  const line = lastLine(lastWords);
  return line === '' ? how : `${how}: ${line}`;
}

/** The last line that tells more than where. */
function lastLine(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const last = lines.findLast((line) => !trailing.test(line)) ?? lines.at(-1) ?? '';
  const told = last.replaceAll(/\p{Cc}+/gu, ' ').trim();
  return told.length > toldCharacters ? `${told.slice(0, toldCharacters - 1)}…` : told;
}
