import type { ShownResult } from '../record.ts';
import type { PageDocument, PageElement } from './dom.ts';
import { isWanted, searchedText, type Wish } from './match.ts';

/** What the form asks for. */
export function wishOf(document: PageDocument): Wish {
  const field = (id: string) => document.getElementById(id)?.value ?? '';
  const boxes = [...document.querySelectorAll('input[name=verdict]')];
  return {
    words: field('search'),
    verdicts: boxes.filter(({ checked }) => checked).map(({ value }) => value),
    level: field('level'),
    requirement: field('requirement'),
    topic: field('topic'),
  };
}

/** Finds what a wish is for; the text that is searched is made when it is needed first. */
export function finder(results: readonly ShownResult[]): (wish: Wish) => readonly number[] {
  const texts = new Map<number, string>();
  const textOf = (result: ShownResult, at: number) => {
    const text = texts.get(at) ?? searchedText(result);
    texts.set(at, text);
    return text;
  };
  return (wish) =>
    results.flatMap((result, at) => (isWanted(result, () => textOf(result, at), wish) ? [at] : []));
}

/** Calls whenever the form asks for something else. */
export function onWish(document: PageDocument, form: PageElement, changed: () => void): void {
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', (event) => event.preventDefault());
  const reset = document.getElementById('reset');
  reset?.addEventListener('click', () => {
    wishFor(document, {});
    changed();
  });
}

/** Fills the form; what is not said is no wish. */
export function wishFor(document: PageDocument, wish: Partial<Wish>): void {
  const set = (id: string, value: string) => {
    const field = document.getElementById(id);
    if (field !== null) field.value = value;
  };
  set('search', wish.words ?? '');
  set('level', wish.level ?? '');
  set('requirement', wish.requirement ?? '');
  set('topic', wish.topic ?? '');
  for (const box of document.querySelectorAll('input[name=verdict]')) {
    box.checked = wish.verdicts?.includes(box.value) ?? true;
  }
}
