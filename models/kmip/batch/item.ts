import type { Readings } from '#models/language/index.ts';
import { field, textAt } from '../fields.ts';
import { keyOf, type OperationKey } from '../operations.ts';
import { internalReasons, reasons, usualReasons } from '../reasons.ts';
import { requirements } from '../requirements.ts';
import { rules, type Asked, type Misfit, type Outlook } from '../rules/index.ts';
import { isCritical, payloadOf, type Request } from '../talk.ts';
import { foreignObject, targetOf, withObject, type World } from '../world.ts';

/** Where a batch is judged. */
export interface Bench {
  readonly request: Request;
  readonly asked: readonly unknown[];
  /** The item of the response to each item of the request, where there is one. */
  readonly answers: readonly unknown[];
  readonly before: World;
  readonly readings: Readings;
}

/** What comes of one item. */
export interface Step {
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
export function stepped(bench: Bench, world: World, index: number): Step {
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
