import type { ExhibitRecord, StepRecord } from '../record.ts';
import type { PageDocument, PageElement } from './dom.ts';
import { element, svgElement } from './element.ts';
import { foldedFrom } from './fold.ts';

/** The steps of a trace between two lifelines, the latest ones; earlier ones on demand. */
export function sequence(document: PageDocument, exhibit: ExhibitRecord): PageElement {
  const { steps, leftOut, wrongAt } = exhibit;
  const from = foldedFrom(steps.length, wrongAt);
  const picture = element(document, 'div', {
    class: 'scroller',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Sequence diagram',
  });
  picture.append(sequenceSvg(document, exhibit, from));
  const folded = from + leftOut;
  if (folded === 0) return picture;
  const told = element(document, 'p', { class: 'faint' }, [
    `${folded} earlier steps are not shown. `,
    leftOut === 0 ? null : `${leftOut} of them are in the trace's file only. `,
  ]);
  if (from > 0) {
    const button = element(document, 'button', { type: 'button' }, [`Show ${from} of them`]);
    button.addEventListener('click', () => {
      picture.replaceChildren(sequenceSvg(document, exhibit, 0));
      button.remove();
      picture.focus();
    });
    told.append(button);
  }
  return element(document, 'div', {}, [told, picture]);
}

/** The picture itself, from one step on. */
export function sequenceSvg(
  document: PageDocument,
  { peer, player, steps, leftOut, wrongAt }: ExhibitRecord,
  from: number,
): PageElement {
  const row = 46;
  const shown = steps.slice(from);
  const height = 52 + shown.length * row;
  const line = (x: number) =>
    svgElement(document, 'line', { class: 'lifeline', x1: x, x2: x, y1: 34, y2: height - 8 });
  const name = (x: number, text: string) =>
    svgElement(document, 'text', { class: 'name', x, y: 22, 'text-anchor': 'middle' }, [text]);
  const label = `${player} and ${peer}, who is under test: ${shown.length} steps`;
  return svgElement(
    document,
    'svg',
    { class: 'sequence', viewBox: `0 0 1010 ${height}`, role: 'img', 'aria-label': label },
    [
      ...[line(100), line(760), name(100, player), name(760, `${peer} (under test)`)],
      ...shown.map((step, index) =>
        svgElement(document, 'g', { transform: `translate(0 ${52 + index * row})` }, [
          ...stepMarks(document, step, { peer, isWrong: from + index === wrongAt }),
          svgElement(document, 'text', { class: 'small', x: 4, y: 22 }, [
            `${leftOut + from + index + 1}`,
          ]),
        ]),
      ),
    ],
  );
}

/** One step: an arrow with what was said, or a word on the lifelines. */
export function stepMarks(
  document: PageDocument,
  step: StepRecord,
  { peer, isWrong }: { readonly peer: string; readonly isWrong: boolean },
): readonly PageElement[] {
  const text = (attributes: Readonly<Record<string, string | number>>, words: string) =>
    svgElement(document, 'text', attributes, [words]);
  const states = step.states.length === 0 ? '' : `now ${step.states.join(', ')}`;
  const wrong = isWrong ? '✗ wrong here: ' : '';
  const short = shortened(step.line, 88 - wrong.length);
  const title = svgElement(document, 'title', {}, [step.line]);
  const marks = [
    title,
    text(
      { class: isWrong ? 'wrong' : 'said', x: 430, y: 12, 'text-anchor': 'middle' },
      `${wrong}${short}`,
    ),
    text({ class: 'small', x: 775, y: 14 }, `${step.atMs} ms`),
    text({ class: 'small', x: 775, y: 28 }, shortened(states, 34)),
  ];
  const kind = `${isWrong ? 'wrong' : ''} ${step.kind}`;
  if (step.kind !== 'said') {
    marks.push(svgElement(document, 'line', { class: kind, x1: 100, x2: 760, y1: 20, y2: 20 }));
    return marks;
  }
  const [tail, tip] = step.by === peer ? [760, 100] : [100, 760];
  const back = tip > tail ? -9 : 9;
  marks.push(
    svgElement(document, 'line', { class: kind, x1: tail, x2: tip, y1: 20, y2: 20 }),
    svgElement(document, 'path', { class: 'tip', d: `M${tip} 20l${back} -5v10z` }),
  );
  return marks;
}

/** A text that fits, with a sign where it was cut. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** The same steps as a list: for reading aloud, for copying, and with every line whole. */
export function stepList(
  document: PageDocument,
  { steps, leftOut, wrongAt, peer, player }: ExhibitRecord,
): PageElement {
  const items = steps.map((step, index) => {
    const who = step.by === peer || step.by === player ? `${step.by}: ` : '';
    const wrong = index === wrongAt ? '✗ wrong here: ' : '';
    return element(document, 'li', {}, [`${step.atMs} ms  ${wrong}${who}${step.line}`]);
  });
  return element(document, 'details', {}, [
    element(document, 'summary', {}, ['The steps as text']),
    element(document, 'ol', { class: 'steps', start: String(leftOut + 1) }, items),
  ]);
}
