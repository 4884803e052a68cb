import { field, has } from '../fields.ts';
import { requirements } from '../requirements.ts';
import type { Misfit } from '../rules/index.ts';
import type { Request } from '../talk.ts';

/** Which item of the response is about which of the request: by their ids, else by their order. */
export function pairs(
  request: Request,
  asked: readonly unknown[],
  answered: readonly unknown[],
): { readonly answers: readonly unknown[] } | Misfit {
  const ids = asked.map((item) => field(item, 'UniqueBatchItemID'));
  if (answered.length > asked.length) {
    const detail = `expected at most ${asked.length} items, got ${answered.length}`;
    return { requirement: requirements.everyItemAnswered, detail };
  }
  const areTold = ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
  const wrong = request.fault === 'item' ? request.item : null;
  if (!areTold || wrong !== null) return byOrder(asked, answered, wrong);
  const answers = asked.map((): unknown => undefined);
  const places = new Map(ids.map((id, index) => [id, index]));
  for (const item of answered) {
    const said = field(item, 'UniqueBatchItemID');
    const index = typeof said === 'string' ? (places.get(said) ?? -1) : -1;
    if (index < 0 || answers[index] !== undefined) {
      const detail = `expected a Unique Batch Item ID of the request, each once, got ${String(said)}`;
      return { requirement: requirements.itemIdEchoed, detail };
    }
    answers[index] = item;
  }
  return wrongOperation(asked, answers, null) ?? { answers };
}

/** `flawed`: an item that could perhaps not be read far enough to name it. */
function byOrder(
  asked: readonly unknown[],
  answered: readonly unknown[],
  flawed: number | null,
): { readonly answers: readonly unknown[] } | Misfit {
  const answers = asked.map((_, index) => answered[index]);
  const wrong = asked.findIndex((item, index) => {
    const answer = answers[index];
    return (
      index !== flawed &&
      answer !== undefined &&
      field(answer, 'UniqueBatchItemID') !== field(item, 'UniqueBatchItemID')
    );
  });
  if (wrong >= 0) {
    const detail = `item ${wrong + 1} has another Unique Batch Item ID than its request`;
    return { requirement: requirements.itemIdEchoed, detail };
  }
  return wrongOperation(asked, answers, flawed) ?? { answers };
}

function wrongOperation(
  asked: readonly unknown[],
  answers: readonly unknown[],
  flawed: number | null,
): Misfit | null {
  const wrong = asked.findIndex((item, index) => {
    const answer = answers[index];
    if (answer === undefined) return false;
    const said = field(item, 'Operation');
    const isUnread = index === flawed && (typeof said !== 'string' || !has(answer, 'Operation'));
    return !isUnread && field(answer, 'Operation') !== said;
  });
  if (wrong < 0) return null;
  const wanted = String(field(asked[wrong], 'Operation'));
  const detail = `expected the operation ${wanted}, got ${String(field(answers[wrong], 'Operation') ?? 'none')}`;
  return { requirement: requirements.operationEchoed, detail };
}
