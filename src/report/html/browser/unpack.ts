import type { PageRecord, ShownResult } from '../record.ts';

/** One result of the page's record. */
export function unpacked({ texts, results }: PageRecord, at: number): ShownResult {
  const text = (place: number | undefined) => texts[place ?? -1] ?? null;
  const list = (places: readonly number[] | undefined) =>
    (places ?? []).map((one) => text(one) ?? '');
  const id = results.id[at] ?? '';
  const reasons = list(results.reasons[at]);
  return {
    id,
    title: text(results.title[at]) ?? '',
    verdict: text(results.verdict[at]) ?? '',
    kind: text(results.kind[at]),
    level: text(results.level[at]),
    requirements: list(results.requirements[at]),
    citations: list(results.citations[at]),
    reading: list(results.reading[at]),
    expected: list(results.outcomes[at]).map((outcome, index) => ({
      outcome,
      why: reasons[index] ?? '',
    })),
    actual: text(results.actual[at]),
    explanation: text(results.explanation[at]),
    known: text(results.known[at]),
    messages: results.messages[at] ?? 0,
    durationMs: results.durationMs[at] ?? 0,
    tries: { failed: results.failed[at] ?? 0, of: results.tries[at] ?? 0 },
    trace: text(results.trace[at]),
    replay: (text(results.replay[at]) ?? '').replaceAll('{id}', id),
  };
}
