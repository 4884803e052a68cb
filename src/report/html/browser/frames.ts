import type { ExhibitRecord, FrameRecord } from '../record.ts';
import type { PageDocument, PageElement } from './dom.ts';
import { element } from './element.ts';
import { hexLines } from './hex-lines.ts';
import { treeDiff, type DiffRow } from './tree-diff.ts';

/** What came next to what was allowed: members one by one, and the bytes of both. */
export function frames(document: PageDocument, exhibit: ExhibitRecord, id: string): PageElement {
  const { actual, allowed, alsoAllowed, asked } = exhibit;
  const place = element(document, 'div');
  const compare = (at: number) =>
    place.replaceChildren(compared(document, allowed[at] ?? null, actual));
  compare(0);
  const also = alsoAllowed.length === 0 ? null : `Allowed as well: ${alsoAllowed.join(', ')}.`;
  return element(document, 'div', {}, [
    allowed.length > 1 ? choice(document, { id, allowed, compare }) : null,
    place,
    also === null ? null : element(document, 'p', { class: 'faint' }, [also]),
    asked === null ? null : frameDetails(document, 'What we said before it', asked),
  ]);
}

/** Which of the allowed messages is compared. */
export function choice(
  document: PageDocument,
  {
    id,
    allowed,
    compare,
  }: {
    readonly id: string;
    readonly allowed: readonly FrameRecord[];
    readonly compare: (at: number) => void;
  },
): PageElement {
  const options = allowed.map(({ message }, at) =>
    element(document, 'option', { value: String(at) }, [message]),
  );
  const select = element(document, 'select', { id: `allowed-${id}` }, options);
  select.addEventListener('change', () => compare(Number(select.value)));
  return element(document, 'p', {}, [
    element(document, 'label', { for: `allowed-${id}` }, ['Compare with what was allowed: ']),
    select,
  ]);
}

/** Two frames next to each other; `null`: there is none. */
export function compared(
  document: PageDocument,
  expected: FrameRecord | null,
  actual: FrameRecord | null,
): PageElement {
  if (expected === null && actual === null) {
    return element(document, 'p', { class: 'faint' }, ['No frame shows it.']);
  }
  const none =
    actual === null ? 'Nothing came that could be compared: an example of what was allowed.' : null;
  return element(document, 'div', {}, [
    none === null ? null : element(document, 'p', { class: 'faint' }, [none]),
    flawList(document, actual),
    diffTable(document, treeDiff(expected?.tree ?? null, actual?.tree ?? null), {
      expected:
        expected === null ? 'Expected (no example)' : `Expected: ${expected.message} (example)`,
      actual: actual === null ? 'Actual (nothing came)' : `Actual: ${actual.message}`,
    }),
    actual === null ? null : frameDetails(document, 'Bytes of what came', actual),
    expected === null ? null : frameDetails(document, 'Bytes of the example', expected),
  ]);
}

/** What is wrong with the frame that came, by itself. */
export function flawList(document: PageDocument, actual: FrameRecord | null): PageElement | null {
  if (actual === null || actual.flaws.length === 0) return null;
  const items = actual.flaws.map((flaw) => element(document, 'li', {}, [flaw]));
  return element(document, 'div', {}, [
    'Wrong with what came:',
    element(document, 'ul', {}, items),
  ]);
}

/** A frame's bytes, folded. */
export function frameDetails(
  document: PageDocument,
  title: string,
  frame: FrameRecord,
): PageElement {
  const summary = `${title}: ${frame.message}, ${frame.length} bytes`;
  return element(document, 'details', {}, [
    element(document, 'summary', {}, [summary]),
    element(document, 'pre', { tabindex: '0', role: 'region', 'aria-label': summary }, [
      hexLines(frame),
    ]),
  ]);
}

/** The members of both as a table; equal ones can be hidden. */
export function diffTable(
  document: PageDocument,
  rows: readonly DiffRow[],
  heads: { readonly expected: string; readonly actual: string },
): PageElement {
  const head = ['Member', heads.expected, heads.actual, 'Difference'].map((text) =>
    element(document, 'th', { scope: 'col' }, [text]),
  );
  const table = element(document, 'table', { class: 'diff' }, [
    element(document, 'thead', {}, [element(document, 'tr', {}, head)]),
    element(
      document,
      'tbody',
      {},
      rows.map((row) => diffRow(document, row)),
    ),
  ]);
  const scroller = element(
    document,
    'div',
    {
      class: 'scroller',
      tabindex: '0',
      role: 'region',
      'aria-label': 'Expected and actual, by member',
    },
    [table],
  );
  const same = rows.filter(({ change }) => change === 'same').length;
  if (same === 0 || same === rows.length) return scroller;
  const button = element(document, 'button', { type: 'button', 'aria-pressed': 'false' }, [
    `Differences only (hides ${same})`,
  ]);
  button.addEventListener('click', () => {
    const isOnly = table.dataset['only'] !== 'yes';
    table.dataset['only'] = isOnly ? 'yes' : 'no';
    button.setAttribute('aria-pressed', String(isOnly));
  });
  return element(document, 'div', {}, [button, scroller]);
}

/** One member, with its difference as sign and word. */
export function diffRow(document: PageDocument, row: DiffRow): PageElement {
  const words = { same: '', missing: '− missing', added: '+ added', changed: '~ changed' };
  const cell = (text: string | null) => element(document, 'td', {}, [text ?? '']);
  const name = element(document, 'th', { scope: 'row', class: `depth-${Math.min(row.depth, 9)}` }, [
    row.name,
  ]);
  return element(document, 'tr', { class: row.change }, [
    name,
    cell(row.expected),
    cell(row.actual),
    element(document, 'td', { class: 'word' }, [words[row.change]]),
  ]);
}
