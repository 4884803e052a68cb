import * as copy from './browser/copy.ts';
import * as details from './browser/details.ts';
import * as element from './browser/element.ts';
import * as filters from './browser/filters.ts';
import * as fold from './browser/fold.ts';
import * as frames from './browser/frames.ts';
import * as hexLines from './browser/hex-lines.ts';
import * as match from './browser/match.ts';
import * as rows from './browser/rows.ts';
import * as runPage from './browser/run-page.ts';
import * as sequence from './browser/sequence.ts';
import * as treeDiff from './browser/tree-diff.ts';
import * as unpack from './browser/unpack.ts';
import { verdictSigns } from './pack.ts';

const modules: readonly Readonly<Record<string, unknown>>[] = [
  ...[copy, details, element, filters, fold, frames, hexLines, match, rows, runPage],
  ...[sequence, treeDiff, unpack],
];

/**
 * What a page runs: the functions of browser/ as they are written. They call each other by their
 * names, so that all of them are exported, under different names, and need nothing else.
 */
export function pageScript(): string {
  const functions = modules.flatMap((module) => Object.values(module).map(String));
  return `'use strict';\n${functions.join('\n')}\nrunPage(window, ${JSON.stringify(verdictSigns)});`;
}
