import { styleText } from 'node:util';
import type { VerdictName } from '#src/contract/verdict.ts';

const colours = {
  pass: 'green',
  reading: 'cyan',
  warn: 'yellow',
  fail: 'red',
  flaky: 'magenta',
  untestable: 'magenta',
  notApplicable: 'gray',
  error: 'red',
} as const satisfies Record<VerdictName, Parameters<typeof styleText>[0]>;

/** Colours a text as a verdict, where colours are wanted. */
export function painter(colour: boolean): (verdict: VerdictName, text: string) => string {
  if (!colour) return (_, text) => text;
  return (verdict, text) => styleText(colours[verdict], text, { validateStream: false });
}
