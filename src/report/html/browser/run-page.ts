import type { PageRecord } from '../record.ts';
import type { PageWindow } from './dom.ts';
import { finder, onWish, wishFor, wishOf } from './filters.ts';
import { resultList } from './rows.ts';
import { unpacked } from './unpack.ts';

/** Brings the page to life. */
export function runPage(window: PageWindow, signs: Readonly<Record<string, string>>): void {
  const { document } = window;
  const part = (id: string) => {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`the page has no ${id}`);
    return found;
  };
  const record: PageRecord = JSON.parse(part('record').textContent ?? '');
  const results = record.results.id.map((_, at) => unpacked(record, at));
  const list = resultList({
    window,
    record,
    results,
    signs,
    body: part('rows'),
    more: part('more'),
  });
  const find = finder(results);
  const told = part('told');
  const update = () => {
    const chosen = find(wishOf(document));
    told.textContent = `${chosen.length} of ${results.length} shown`;
    list.show(chosen);
  };
  onWish(document, part('filters'), update);
  for (const link of document.querySelectorAll('[data-requirement]')) {
    link.addEventListener('click', () => {
      wishFor(document, { requirement: link.dataset['requirement'] ?? '' });
      update();
    });
  }
  for (const link of document.querySelectorAll('[data-verdict]')) {
    link.addEventListener('click', () => {
      wishFor(document, { verdicts: [link.dataset['verdict'] ?? ''] });
      update();
    });
  }
  window.addEventListener('beforeprint', () => list.addAll());
  update();
}
