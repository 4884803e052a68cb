import type { PageRecord, RequirementRecord, ShownResult } from '../record.ts';
import { copyButton } from './copy.ts';
import type { PageElement, PageWindow } from './dom.ts';
import { element } from './element.ts';
import { frames } from './frames.ts';
import { sequence, stepList } from './sequence.ts';

/** Everything about one result: what was demanded, what came, and how to see it again. */
export function details(
  window: PageWindow,
  record: PageRecord,
  { result, at }: { readonly result: ShownResult; readonly at: number },
): PageElement {
  const { document } = window;
  const { expected, actual, explanation, reading, known } = result;
  const outcomes = expected.map(({ outcome, why }) =>
    element(document, 'li', {}, [
      element(document, 'strong', {}, [outcome]),
      why === '' ? null : `: ${why}`,
    ]),
  );
  const part = (title: string, content: PageElement | string | null) =>
    content === null || content === ''
      ? []
      : [element(document, 'dt', {}, [title]), element(document, 'dd', {}, [content])];
  const replay = element(document, 'code', { class: 'command' }, [result.replay]);
  const tries = `${result.tries.failed} of ${result.tries.of} tries failed`;
  const run = `${result.messages} messages, ${result.durationMs} ms; ${tries}`;
  const list = element(document, 'dl', {}, [
    ...part('Demanded', requirements(window, record, result)),
    ...part(
      'Expected, one of',
      outcomes.length === 0 ? null : element(document, 'ul', {}, outcomes),
    ),
    ...part('Actual', actual),
    ...part('Explanation', explanation),
    ...part('Kind', result.kind),
    ...part('Read as', reading.join(', ')),
    ...part('Known', known),
    ...part('Run', result.durationMs === 0 ? null : run),
    ...part('Trace', traceLink(window, result)),
    ...part('Replay', element(document, 'span', {}, [replay, ' ', copyButton(window, replay)])),
  ]);
  return element(document, 'div', { class: 'details' }, [
    list,
    ...exhibited(window, record, { result, at }),
  ]);
}

/** The broken requirement first, each with its text and citation. */
export function requirements(
  { document }: PageWindow,
  record: PageRecord,
  { requirements: ids, citations }: ShownResult,
): PageElement | null {
  if (ids.length === 0) return null;
  const items = ids.map((id) => {
    const row: RequirementRecord | undefined = record.requirements.find((one) => one.id === id);
    const code = element(document, 'code', {}, [id]);
    if (row === undefined) return element(document, 'li', {}, [code, ` (${citations.join('; ')})`]);
    const cited = element(document, 'span', { class: 'faint' }, [` (${row.basis}; ${row.cited}) `]);
    return element(document, 'li', {}, [
      element(document, 'strong', {}, [row.level]),
      ` ${row.text}`,
      cited,
      code,
    ]);
  });
  return element(document, 'ul', {}, items);
}

/** The trace's file beside the page. */
export function traceLink({ document }: PageWindow, { trace }: ShownResult): PageElement | null {
  if (trace === null) return null;
  const href = trace.split('/').map(encodeURIComponent).join('/');
  return element(document, 'a', { href }, [trace]);
}

/** The trace as a picture, and its frames; or why there is none. */
export function exhibited(
  { document }: PageWindow,
  record: PageRecord,
  { result, at }: { readonly result: ShownResult; readonly at: number },
): readonly PageElement[] {
  const exhibit = record.exhibits[at];
  if (exhibit === undefined) {
    const why = `The page shows no steps of it: qkdspec judge and the trace's file do.`;
    return result.trace === null ? [] : [element(document, 'p', { class: 'faint' }, [why])];
  }
  const title = (text: string) => element(document, 'h3', {}, [text]);
  const hasFrames = exhibit.actual !== null || exhibit.allowed.length > 0;
  return [
    title('What happened'),
    sequence(document, exhibit),
    stepList(document, exhibit),
    ...(hasFrames ? [title('Expected and actual'), frames(document, exhibit, String(at))] : []),
  ];
}
