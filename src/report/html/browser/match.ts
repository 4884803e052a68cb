import type { ShownResult } from '../record.ts';

/** What somebody wants to see of the results; an empty text is no wish. */
export interface Wish {
  readonly words: string;
  readonly verdicts: readonly string[];
  readonly level: string;
  readonly requirement: string;
  readonly topic: string;
}

/** Whether a result is wanted; `text` is what is searched of it, in small letters. */
export function isWanted(result: ShownResult, text: () => string, wish: Wish): boolean {
  if (!wish.verdicts.includes(result.verdict)) return false;
  if (wish.level !== '' && result.level !== wish.level) return false;
  if (wish.requirement !== '' && !result.requirements.includes(wish.requirement)) return false;
  if (wish.topic !== '' && topicOf(result.id) !== wish.topic) return false;
  const words = wish.words
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
  return words.every((word) => text().includes(word));
}

/** What is searched of a result. */
export function searchedText(result: ShownResult): string {
  const { id, title, kind, requirements, citations, reading, actual, explanation } = result;
  const texts = [id, title, kind, ...requirements, ...citations, ...reading, actual, explanation];
  return texts.join('\n').toLowerCase();
}

/** The part of a protocol that a case is about, by its id: `<protocol>/<topic>/<name>`. */
export function topicOf(id: string): string {
  const parts = id.split('/');
  return parts.length > 2 ? (parts[1] ?? '') : '';
}
