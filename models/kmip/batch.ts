import type { Readings } from '#models/language/index.ts';
import { field, has, textAt } from './fields.ts';
import { keyOf, type OperationKey } from './operations.ts';
import { internalReasons, reasons, usualReasons } from './reasons.ts';
import { requirements } from './requirements.ts';
import { rules, type Asked, type Misfit, type Outlook } from './rules/index.ts';
import { continuationOf, isCritical, isOrdered, itemsOf, payloadOf, type Request } from './talk.ts';
import { foreignObject, targetOf, withObject, type World } from './world.ts';

/** What a response makes of a batch. */
export interface Outcome {
  /** What is wrong with it; `null`: nothing. */
  readonly misfit: Misfit | null;
  /** The world behind it. */
  readonly world: World;
}

/** Where a batch is judged. */
interface Bench {
  readonly request: Request;
  readonly asked: readonly unknown[];
  /** The item of the response to each item of the request, where there is one. */
  readonly answers: readonly unknown[];
  readonly before: World;
  readonly readings: Readings;
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

/** Which item of the response is about which of the request: by their ids, else by their order. */
function pairs(
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

interface Step {
  readonly misfit: Misfit | null;
  readonly world: World;
  readonly hasFailed: boolean;
}

/**
 * What the items behind an undone one find: until the batch is undone its object is changed. Where
 * undone items may have stayed done, nobody can tell what became of it.
 */
function withUndone(world: World, { target, readings }: Asked, done: World): World {
  if (target.kind !== 'known') return world;
  const { id, type, material, states } = target.object;
  if (readings['undoReading'] === 'relabels') {
    return withObject(world, { ...foreignObject(id), type, material });
  }
  const changed = done.objects.find((object) => object.id === id);
  if (changed === undefined || changed === target.object) return world;
  return withObject(world, { ...changed, states: [...new Set([...states, ...changed.states])] });
}

/** What every server takes the ID Placeholder for. */
const placeholderUsers: readonly (OperationKey | null)[] = [
  'get',
  'getAttributes',
  'getAttributeList',
  'modifyAttribute',
];

function usesPlaceholder(key: OperationKey | null, readings: Readings): boolean {
  return readings['placeholderUse'] !== 'some' || placeholderUsers.includes(key);
}

/** One item and its result. */
function stepped(bench: Bench, world: World, index: number): Step {
  const item = bench.asked[index];
  const answer = bench.answers[index];
  const status = textAt(answer, 'ResultStatus');
  const payload = payloadOf(item);
  const key = keyOf(field(item, 'Operation'));
  const { readings } = bench;
  const asked: Asked = {
    payload,
    target: targetOf(
      usesPlaceholder(key, readings) ? world : { ...world, placeholder: null },
      payload,
    ),
    world,
    readings,
  };
  const stays = { world, hasFailed: status === 'OperationFailed' };
  const outlook = key === null ? null : rules[key].outlook(asked);
  const isWrong = bench.request.fault === 'item' && bench.request.item === index;
  if (isWrong) return { ...stays, misfit: wrongItemMisfit(bench, answer, outlook) };
  if (isCritical(item)) return { ...stays, misfit: extensionMisfit(bench, answer, outlook) };
  if (key === null || outlook === null) return { ...stays, misfit: null };
  const rule = rules[key];
  if (status === 'OperationFailed') {
    return { ...stays, misfit: failureMisfit(bench.readings, outlook, answer) };
  }
  if (status === 'OperationUndone') {
    /** What it made, and put into the ID Placeholder, is not told. */
    const done = rule.after(asked, field(answer, 'ResponsePayload') ?? {});
    const hidden = {
      ...stays,
      world: { ...withUndone(world, asked, done), placeholder: 'unclear' as const },
    };
    const isImpossible = outlook.expects === 'failure';
    const detail = 'an item that must fail was answered as undone';
    return { ...hidden, misfit: isImpossible ? { requirement: outlook.because, detail } : null };
  }
  if (status === 'OperationPending') return { ...stays, misfit: null };
  if (outlook.expects === 'failure') {
    const detail = `expected a failure (${outlook.reasons.slice(usualReasons.length, usualReasons.length + 3).join(', ')}), got ${status ?? 'no status'}`;
    return { ...stays, misfit: { requirement: outlook.because, detail } };
  }
  const result = field(answer, 'ResponsePayload');
  const misfit = rule.misfit(asked, result);
  if (misfit !== null) return { ...stays, misfit };
  return { misfit: null, hasFailed: false, world: rule.after(asked, result) };
}

/** Nobody knows the extensions that are said here. */
function extensionMisfit(
  { readings }: Bench,
  answer: unknown,
  outlook: Outlook | null,
): Misfit | null {
  const status = textAt(answer, 'ResultStatus');
  if (status !== 'OperationFailed') {
    const detail = `expected a failure, got ${status ?? 'no status'}`;
    return { requirement: requirements.criticalExtensionRefused, detail };
  }
  const others = outlook?.reasons ?? [];
  return reasonMisfit(readings, [...usualReasons, ...reasons.item, ...others], answer);
}

/** What is wrong with the object that it is about may be found before what is wrong with it. */
function wrongItemMisfit(
  { request, readings, asked }: Bench,
  answer: unknown,
  outlook: Outlook | null,
): Misfit | null {
  const status = textAt(answer, 'ResultStatus');
  if (status !== 'OperationFailed') {
    const detail = `expected a failure, got ${status ?? 'no status'}`;
    const operation = textAt(asked[request.item ?? 0], 'Operation') ?? '';
    const isNobodys = operation.startsWith('0x');
    const { badItemRefused, unknownOperationRefused } = requirements;
    return { requirement: isNobodys ? unknownOperationRefused : badItemRefused, detail };
  }
  const others = outlook?.reasons ?? [];
  const allowed = [...usualReasons, ...request.reasons, ...reasons.item, ...others];
  return reasonMisfit(readings, allowed, answer);
}

function failureMisfit(
  readings: Readings,
  outlook: {
    readonly expects: string;
    readonly reasons: readonly string[];
    readonly because: Misfit['requirement'];
  },
  answer: unknown,
): Misfit | null {
  const reason = textAt(answer, 'ResultReason') ?? '';
  if (readings['internalFailures'] === 'anytime' && internalReasons.includes(reason)) return null;
  if (reason === 'ResponseTooLarge') return null;
  if (outlook.expects === 'success' && !outlook.reasons.includes(reason)) {
    const detail = `expected success, got the failure ${reason || 'without reason'}`;
    return { requirement: outlook.because, detail };
  }
  return reasonMisfit(readings, outlook.reasons, answer);
}

function reasonMisfit(
  readings: Readings,
  allowed: readonly string[],
  answer: unknown,
): Misfit | null {
  const reason = textAt(answer, 'ResultReason') ?? '';
  if (readings['reasonChoice'] === 'any' || allowed.includes(reason)) return null;
  const wanted = allowed.slice(usualReasons.length, usualReasons.length + 4).join(', ');
  const detail = `expected a reason like ${wanted}, got ${reason || 'none'}`;
  return { requirement: requirements.reasonFits, detail };
}
