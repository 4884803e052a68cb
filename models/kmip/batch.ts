import type { Readings } from '#models/language/index.ts';
import { stepped, type Bench } from './batch/item.ts';
import { pairs } from './batch/pairs.ts';
import { field, has, textAt } from './fields.ts';
import { requirements } from './requirements.ts';
import type { Misfit } from './rules/index.ts';
import { continuationOf, isOrdered, itemsOf, type Request } from './talk.ts';
import type { World } from './world.ts';

/** What a response makes of a batch. */
export interface Outcome {
  /** What is wrong with it; `null`: nothing. */
  readonly misfit: Misfit | null;
  /** The world behind it. */
  readonly world: World;
}

/**
 * The items of a response against those of its request: what each may come to by the world that
 * those before it have left, and what the option says of errors. Where the order of a batch does
 * not count, one order must explain the response.
 */
export function outcomeOf(
  request: Request,
  response: unknown,
  before: World,
  readings: Readings,
): Outcome {
  const asked = itemsOf(request.content);
  const paired = pairs(request, asked, itemsOf(response));
  if ('requirement' in paired) return { misfit: paired, world: before };
  const bench = { request, asked, answers: paired.answers, before, readings };
  const straight = played(bench, [...asked.keys()]);
  const isFree = !isOrdered(request.content) && readings['batchOrderDefault'] !== 'always';
  if (straight.misfit === null || !isFree || asked.length > mostReordered) return straight;
  for (const order of orders([...asked.keys()])) {
    const outcome = played(bench, order);
    if (outcome.misfit === null) return outcome;
  }
  return straight;
}

/** Batches up to this size are tried in every order. */
const mostReordered = 4;

function orders(left: readonly number[]): readonly (readonly number[])[] {
  if (left.length < 2) return [left];
  return left.flatMap((first) =>
    orders(left.filter((one) => one !== first)).map((rest) => [first, ...rest]),
  );
}

/** Plays a batch through in one order. */
function played(bench: Bench, order: readonly number[]): Outcome {
  const option = continuationOf(bench.request.content);
  const keepsOn = option === 'Continue' || bench.readings['stopReading'] === 'goesOn';
  let world: World = { ...bench.before, placeholder: null };
  let hasFailed = false;
  for (const index of order) {
    const answer = bench.answers[index];
    const isOver = hasFailed && !keepsOn;
    if (answer === undefined || isOver) {
      const misfit = isOver ? restMisfit(bench, answer, index) : missing(index);
      if (misfit !== null) return { misfit, world: bench.before };
      continue;
    }
    const step = stepped(bench, world, index);
    if (step.misfit !== null) return { misfit: step.misfit, world: bench.before };
    world = step.world;
    hasFailed ||= step.hasFailed;
  }
  const told = undoneMisfit(bench, hasFailed);
  if (told !== null) return { misfit: told, world: bench.before };
  const isUndone = hasFailed && option === 'Undo' && bench.readings['undoReading'] === 'undoes';
  return { misfit: null, world: { ...(isUndone ? bench.before : world), placeholder: null } };
}

function missing(index: number): Misfit {
  const detail = `expected a result for item ${index + 1}`;
  return { requirement: requirements.everyItemAnswered, detail };
}

/** What may be said of the items behind the one that stopped a batch. */
function restMisfit({ request, readings }: Bench, answer: unknown, index: number): Misfit | null {
  if (answer === undefined) return null;
  const status = textAt(answer, 'ResultStatus');
  if (continuationOf(request.content) === 'Undo') {
    const isFine =
      (status === 'OperationUndone' && readings['undoneRest'] === 'undone') ||
      (status === 'OperationFailed' && readings['undoneRest'] === 'failed');
    if (isFine) return null;
    const detail = `item ${index + 1} stands behind the error that undid the batch: ${status ?? 'no status'}`;
    return { requirement: requirements.undoneTold, detail };
  }
  const isFine = status === 'OperationFailed' && readings['stoppedItems'] === 'failed';
  if (isFine) return null;
  const isSaid = has(field(request.content, 'RequestHeader'), 'BatchErrorContinuationOption');
  const requirement = isSaid ? requirements.stopStops : requirements.stopIsUsual;
  return {
    requirement,
    detail: `item ${index + 1} stands behind the error that stopped the batch: ${status ?? 'no status'}`,
  };
}

/** With Undo, and an error, everything else is undone; nothing is otherwise. */
function undoneMisfit({ request, answers }: Bench, hasFailed: boolean): Misfit | null {
  const option = continuationOf(request.content);
  const undone = answers.filter(
    (item) => textAt(item, 'ResultStatus') === 'OperationUndone',
  ).length;
  if (option !== 'Undo' || !hasFailed) {
    if (undone === 0) return null;
    return { requirement: requirements.undoneTold, detail: 'nothing was to be undone' };
  }
  const kept = answers.findIndex((item) => textAt(item, 'ResultStatus') === 'Success');
  if (kept < 0) return null;
  const detail = `item ${kept + 1} succeeded in a batch that was undone`;
  return { requirement: requirements.undoneTold, detail };
}
