import type { Case } from '#src/contract/case.ts';
import { hint, usage } from './usage.ts';

/** Something that a selector can choose: by its path or by one of its tags. */
export interface Selectable {
  /** `<protocol>/…` */
  readonly id: string;
  /** `MUST`, `hostile`, `requirement:<id>`: without the `@`. */
  readonly tags: readonly string[];
}

/** Tags that may be ruled out even where nothing bears them. */
const reserved: readonly string[] = ['MUST', 'SHOULD', 'MAY', 'hostile', 'slow', 'destructive'];

/**
 * Chooses by selectors, in the order of the items: all that one of them names, without what a
 * negated one names; everything where none is positive.
 *
 * `qosst/challenge/*` and `challenge/**` are paths (with or without the protocol; `*` stays within
 * one segment, a folder names all below it), `@MUST` and `@requirement:qosst/…` tags; `!` negates
 * either, and a bare word behind it.
 * @throws HarnessError `usage` for a selector that names nothing, and where nothing is left.
 */
export function select<Item extends Selectable>(
  items: readonly Item[],
  selectors: readonly string[],
): readonly Item[] {
  const positive = selectors.filter((selector) => !selector.startsWith('!'));
  const negative = selectors
    .filter((selector) => selector.startsWith('!'))
    .map((selector) => selector.slice(1));
  for (const selector of [...positive, ...negative]) refuseVain(items, selector, negative);
  const chosen = items.filter(
    (item) =>
      (positive.length === 0 || positive.some((selector) => names(selector, item))) &&
      !negative.some((selector) => names(selector, item) || bears(selector, item)),
  );
  if (chosen.length === 0) throw usage(`nothing is left of the selection ${selectors.join(' ')}`);
  return chosen;
}

/** A case as selectors see it. */
export function selectable(one: Case): Selectable & { readonly case: Case } {
  const { id, covers, against, tags = [] } = one;
  const requirements = covers.map((row) => `requirement:${row.id}`);
  const levels = [...new Set(covers.map((row) => row.level))];
  return { id, tags: [...levels, ...tags, `side:${against}`, ...requirements], case: one };
}

function names(selector: string, item: Selectable): boolean {
  if (selector.startsWith('@')) return bears(selector.slice(1), item);
  const path = pattern(selector);
  return path.test(item.id) || path.test(item.id.slice(item.id.indexOf('/') + 1));
}

function bears(tag: string, item: Selectable): boolean {
  const wanted = pattern(tag);
  return item.tags.some((one) => wanted.test(one));
}

/** A glob as an expression over whole words; a folder stands for all below it. */
function pattern(glob: string): RegExp {
  const source = glob
    .replace(/\/+$/, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*|\*|\?/g, (wild) => ({ '**': '.*', '*': '[^/]*' })[wild] ?? '[^/]');
  return new RegExp(`^${source}(/.*)?$`, 'i');
}

function refuseVain(
  items: readonly Selectable[],
  selector: string,
  negative: readonly string[],
): void {
  const negated = negative.includes(selector);
  if (negated && reserved.includes(selector.replace(/^@/, ''))) return;
  if (items.some((item) => names(selector, item) || (negated && bears(selector, item)))) return;
  throw usage(`the selector '${selector}' names nothing; ${nearestTo(selector, items)}`);
}

function nearestTo(selector: string, items: readonly Selectable[]): string {
  if (selector.startsWith('@')) {
    const tags = [...new Set(items.flatMap((item) => item.tags))];
    return hint(
      selector,
      [...reserved, ...tags].map((tag) => `@${tag}`),
    );
  }
  const ids = items.flatMap(({ id }) => [id, id.slice(id.indexOf('/') + 1), ...folders(id)]);
  return hint(selector, [...new Set(ids)]);
}

function folders(id: string): readonly string[] {
  const segments = id.split('/');
  return segments.slice(1).map((_, count) => `${segments.slice(0, count + 1).join('/')}/*`);
}
