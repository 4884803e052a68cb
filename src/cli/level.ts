import type { Level } from '#models/language/index.ts';
import type { Case } from '#src/contract/case.ts';

/** The levels, strongest first. */
export const levels = ['must', 'should', 'may'] as const;

/** The cases that cover a requirement of this level or a stronger one; those that cover none too. */
export function atLeast(level: string, cases: readonly Case[]): readonly Case[] {
  return cases.filter(({ covers }) => covers.length === 0 || covers.some(reaches(level)));
}

function reaches(level: string): (row: { readonly level: Level }) => boolean {
  const least = levels.findIndex((one) => one === level);
  return (row) => levels.findIndex((one) => one === row.level.toLowerCase()) <= least;
}
