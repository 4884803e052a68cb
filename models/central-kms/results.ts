import type { Requirement } from '#models/language/index.ts';
import { isUnknownLevel, sameUuid } from './calls.ts';
import { member, param, text } from './json-rpc.ts';
import { reads } from './readings.ts';
import { requirements } from './requirements.ts';
import { nameOf, type Call, type Conversation, type Scene } from './talk.ts';

/** What a result must be to fit its call, one rule a requirement. */
export interface Rule {
  readonly requirement: Requirement;
  readonly holds: (scene: Scene, call: Call) => boolean;
}

const registered: readonly Rule[] = [
  {
    requirement: requirements.sidecarIdEchoed,
    holds: ({ context, event }, { content }) =>
      sameUuid(context, member(resultOf(event.content), 'id'), param(content, 'id')),
  },
  {
    requirement: requirements.batchKeyForm,
    holds: ({ context, event }) => {
      const digits = digitsOf(event.content, 'batchKey');
      return digits === 128 || (digits === 64 && reads(context, 'batchKeyForm', 'seed'));
    },
  },
  {
    requirement: requirements.rowKeyForm,
    holds: ({ context, event }) => {
      const digits = digitsOf(event.content, 'rowKey');
      const isAes = digits === 32 || digits === 48 || digits === 64;
      return digits === 64 || (isAes && reads(context, 'rowKeyForm', 'anyAes'));
    },
  },
  {
    requirement: requirements.challengeFresh,
    holds: ({ context, event }) => {
      const challenge = member(resultOf(event.content), 'challenge');
      return !context.grants.some((grant) => member(grant, 'challenge') === challenge);
    },
  },
];

const batchStored: readonly Rule[] = [
  {
    requirement: requirements.batchIdEchoed,
    holds: ({ context, event }, { content }) =>
      sameUuid(context, member(resultOf(event.content), 'id'), param(content, 'id')),
  },
  {
    requirement: requirements.batchStored,
    holds: ({ context }, { again }) => !again || !reads(context, 'duplicateBatch', 'refused'),
  },
];

const healthReport: readonly Rule[] = [
  {
    requirement: requirements.unknownLevelAnswered,
    holds: ({ context }, { content }) =>
      !isUnknownLevel(content) || !reads(context, 'healthLevels', 'refused'),
  },
];

const found: readonly Rule[] = [
  {
    requirement: requirements.inquiryIdEchoed,
    holds: (scene, call) =>
      sameUuid(scene.context, findingOf(scene).inquiry, param(call.content, 'inquiry')) ||
      isNameless(call),
  },
  {
    requirement: requirements.countsAreIntegers,
    holds: (scene) => findingOf(scene).total !== null && findingOf(scene).item !== null,
  },
  {
    requirement: requirements.totalConstant,
    holds: (scene, call) =>
      call.total === null ||
      call.total === findingOf(scene).total ||
      reads(scene.context, 'inquiryTotal', 'varying'),
  },
  {
    requirement: requirements.inquiryAnswered,
    holds: (scene) =>
      !reads(scene.context, 'inquiryVariant', 'single') || (findingOf(scene).total ?? 0) <= 1,
  },
  { requirement: requirements.itemsDistinct, holds: (scene, call) => itemFits(scene, call) },
  {
    requirement: requirements.foundContent,
    holds: (scene) => {
      const { total, id, body } = findingOf(scene);
      if (total === 0) return [id, body].every((value) => isNothing(scene.context, value));
      return text(id) !== null && text(body) !== null;
    },
  },
];

/** The rules of each message that is a result. */
export const rules: Readonly<Record<string, readonly Rule[]>> = {
  registered,
  batchStored,
  healthReport,
  inquiryResult: found,
  inquiryResponse: found,
};

/** An inquiry without an id that an answer could have. */
export function isNameless({ method, fault, content }: Call): boolean {
  const isUnfit = fault === 'params' || fault === 'structure';
  return method === 'inquiry' && isUnfit && text(param(content, 'inquiry')) === null;
}

function resultOf(content: unknown): unknown {
  return member(content, 'result');
}

/** Hexadecimal digits of a key. */
function digitsOf(content: unknown, name: string): number {
  const key = text(member(resultOf(content), name)) ?? '';
  return /^[0-9a-f]*$/i.test(key) ? key.length : 0;
}

/** What one answer to an inquiry says. */
export interface Finding {
  readonly inquiry: unknown;
  readonly id: unknown;
  readonly body: unknown;
  readonly total: number | null;
  readonly item: number | null;
}

export function findingOf({ context, event }: Scene): Finding {
  const place = nameOf(event) === 'inquiryResponse' ? 'params' : 'result';
  const said = (name: string) => member(member(event.content, place), name);
  return {
    inquiry: said('inquiry'),
    id: said('id'),
    body: said('body'),
    total: countOf(context, said('total')),
    item: countOf(context, said('item')),
  };
}

function countOf(context: Conversation, value: unknown): number | null {
  const isDigits = typeof value === 'string' && /^\d{1,15}$/.test(value);
  if (isDigits && reads(context, 'countForm', 'digits')) return Number(value);
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0 ? value : null;
}

/** A place in the list that no answer has had. */
function itemFits(scene: Scene, { items, answers }: Call): boolean {
  const { total, item } = findingOf(scene);
  if (total === null || item === null) return false;
  if (total === 0) return item === 0 && answers === 0;
  const first = reads(scene.context, 'itemBase', 'zero') ? 0 : 1;
  return item >= first && item < first + total && !items.includes(item);
}

function isNothing(context: Conversation, value: unknown): boolean {
  if (value === '') return reads(context, 'emptyInquiry', 'empty');
  return value === undefined || value === null;
}

/** The inquiry after one more answer; `null` once it has all. */
export function inquiryAfter(scene: Scene, call: Call): Call | null {
  const { total, item } = findingOf(scene);
  const most = Math.max(total ?? 0, call.total ?? 0);
  const items = item === null ? call.items : [...call.items, item].slice(-mostItems);
  const answers = call.answers + 1;
  return total === 0 || answers >= most ? null : { ...call, items, answers, total: most };
}

/** Places that are kept of one inquiry: an older one may come twice unseen. */
const mostItems = 1024;
