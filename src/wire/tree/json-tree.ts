import { isJsonObject, type Json } from '#src/base/json.ts';
import { branch, leaf, type Tree } from './tree.ts';

/** What is shown in place of a member's value; `null`: the value itself. */
export type Hide = (name: string, value: Json) => string | null;

/** Items of a list that are shown. */
const mostItems = 64;
/** Characters of a text that are shown. */
const mostCharacters = 512;
/** Levels that are shown. */
const mostLevels = 32;

/** JSON as a tree: long lists and texts are cut, with how much there is of them. */
export function jsonTree(name: string, value: Json, hide: Hide = () => null): Tree {
  return nodeOf(name, value, { hide, level: 0 });
}

function nodeOf(name: string, value: Json, at: { hide: Hide; level: number }): Tree {
  const hidden = at.hide(name, value);
  if (hidden !== null) return leaf(name, hidden);
  if (typeof value === 'string') return leaf(name, textOf(value));
  if (typeof value !== 'object' || value === null) return leaf(name, String(value));
  if (at.level >= mostLevels) return leaf(name, '…');
  const below = { ...at, level: at.level + 1 };
  const members: readonly (readonly [string, Json])[] = isJsonObject(value)
    ? Object.entries(value)
    : value.slice(0, mostItems).map((item, index) => [String(index), item]);
  if (members.length === 0) return leaf(name, isJsonObject(value) ? '{}' : '[]');
  const shown = members.slice(0, mostItems).map(([key, item]) => nodeOf(key, item, below));
  const count = isJsonObject(value) ? members.length : value.length;
  const more = count > shown.length ? [leaf('…', `${count - shown.length} more`)] : [];
  return branch(name, [...shown, ...more]);
}

/** A text in quotes; what is cut of it is counted. */
function textOf(text: string): string {
  if (text.length <= mostCharacters) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, mostCharacters))}… (${text.length} characters)`;
}
