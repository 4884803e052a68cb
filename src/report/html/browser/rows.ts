import type { PageRecord, ShownResult } from '../record.ts';
import { details } from './details.ts';
import type { PageElement, PageWindow } from './dom.ts';
import { element } from './element.ts';

/** What the list of results is made with. */
export interface ListParts {
  readonly window: PageWindow;
  readonly record: PageRecord;
  readonly results: readonly ShownResult[];
  /** Of each verdict. */
  readonly signs: Readonly<Record<string, string>>;
  readonly body: PageElement;
  /** The button behind the list. */
  readonly more: PageElement;
}

/** The list of results on the page. */
export interface ResultList {
  /** Shows these results alone. */
  show(chosen: readonly number[]): void;
  /** Makes the rows of all that were chosen, as a printer needs them. */
  addAll(): void;
}

/** A list that makes a hundred rows at first, and more where somebody scrolls to them. */
export function resultList(parts: ListParts): ResultList {
  const { window, body, more } = parts;
  let chosen: readonly number[] = [];
  let shown = 0;
  const add = (count: number) => {
    const rows = chosen.slice(shown, shown + count).map((at) => resultRow(parts, at));
    shown += rows.length;
    body.append(...rows);
    more.hidden = shown >= chosen.length;
    more.textContent = `Show more (${chosen.length - shown} left)`;
    return rows[0];
  };
  more.addEventListener('click', () => add(500)?.querySelector('button')?.focus());
  const seen = (entries: readonly { readonly isIntersecting: boolean }[]) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) add(200);
  };
  new window.IntersectionObserver(seen).observe(more);
  return {
    show(wanted) {
      chosen = wanted;
      shown = 0;
      body.replaceChildren();
      add(100);
    },
    addAll: () => void add(chosen.length),
  };
}

/**
 * One result as a row whose button opens its details below it. Roles say what it is: its style makes
 * grids of rows, as laying out one table of thousands takes seconds.
 */
export function resultRow(parts: ListParts, at: number): PageElement {
  const { document } = parts.window;
  const result = parts.results[at];
  if (result === undefined) return element(document, 'tr');
  const { verdict, level, title, id, requirements, messages } = result;
  const button = element(
    document,
    'button',
    { type: 'button', class: 'open', 'aria-expanded': 'false' },
    [title === '' ? id : title],
  );
  const row = element(document, 'tr', { class: 'result', role: 'row' }, [
    element(document, 'td', { role: 'cell' }, [verdictMark(parts, verdict)]),
    element(document, 'td', { class: 'wide', role: 'cell' }, [level ?? '']),
    element(document, 'th', { scope: 'row', role: 'rowheader' }, [
      button,
      element(document, 'code', { class: 'faint id' }, [id]),
      ...cameLine(parts, result),
    ]),
    element(document, 'td', { class: 'wide', role: 'cell' }, [
      element(document, 'code', {}, [requirements[0] ?? '']),
    ]),
    element(document, 'td', { class: 'wide number', role: 'cell' }, [String(messages)]),
  ]);
  opens(parts, { at, result, row, button });
  return row;
}

/** A verdict as sign and word. */
export function verdictMark({ window, signs }: ListParts, verdict: string): PageElement {
  const { document } = window;
  const sign = element(document, 'span', { 'aria-hidden': 'true' }, [`${signs[verdict] ?? ''} `]);
  return element(document, 'span', { class: `verdict ${verdict}` }, [sign, verdict]);
}

/** What came, of a result that did not pass. */
export function cameLine({ window }: ListParts, result: ShownResult): readonly PageElement[] {
  const { verdict, actual, known } = result;
  const line = (text: string) => element(window.document, 'div', { class: 'came' }, [text]);
  return [
    ...(verdict === 'pass' || actual === null ? [] : [line(`came: ${actual}`)]),
    ...(known === null ? [] : [line(known)]),
  ];
}

/** Makes the details when they are opened for the first time. */
export function opens(
  { window, record }: ListParts,
  {
    at,
    result,
    row,
    button,
  }: {
    readonly at: number;
    readonly result: ShownResult;
    readonly row: PageElement;
    readonly button: PageElement;
  },
): void {
  const { document } = window;
  let below: PageElement | null = null;
  button.addEventListener('click', () => {
    if (below === null) {
      const cell = element(document, 'td', { colspan: '5', role: 'cell' }, [
        details(window, record, { result, at }),
      ]);
      below = element(document, 'tr', { id: `details-${at}`, class: 'below', role: 'row' }, [cell]);
      below.hidden = true;
      row.after(below);
      button.setAttribute('aria-controls', below.id);
    }
    below.hidden = !below.hidden;
    button.setAttribute('aria-expanded', String(!below.hidden));
  });
}
