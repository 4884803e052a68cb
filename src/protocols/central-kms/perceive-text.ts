import {
  codeOf,
  errorCodes,
  idOf,
  isRefutation,
  isResponse,
  member,
  messages,
  misfit,
  requirements,
  responseNamed,
  sameId,
  type Conversation,
  type Fault,
  type MessageName,
  type Side,
} from '#models/central-kms/index.ts';
import type { Readings, Requirement } from '#models/language/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import { eventOf } from './context.ts';
import { rpcEntry, type RpcEntry, type RpcProblemCode } from './json-rpc.ts';
import { keyFlaw, proofFlaw, proofIn } from './proofs.ts';
import { contentFlaw } from './schema.ts';

/** Where a text is heard. */
export interface Hearing {
  readonly side: Side;
  readonly conversation: Conversation;
}

/**
 * A JSON value as its receiver sees it: first as JSON-RPC, then its method, its params, and what it
 * is about.
 */
export function perceiveValue(value: Json, hearing: Hearing): Perceived {
  if (Array.isArray(value)) return perceiveArray(value, hearing);
  const entry = rpcEntry(value);
  const flaws = envelopeFlaws(entry, hearing);
  const fault = entry.problems[0]?.code === 'params' ? { fault: 'structure' } : {};
  const payload = { content: value, ...(flaws.length === 0 ? {} : fault) };
  switch (entry.kind) {
    case 'request':
    case 'notification':
      return perceiveCall(entry, { payload, flaws, hearing });
    case 'result':
    case 'error': {
      const message = responseNamed(hearing.conversation, hearing.side, value);
      return perceiveResponse(message, { payload, flaws, hearing });
    }
    case 'invalid':
      return { message: null, payload, flaws, mended: null };
  }
}

/** What is known of a value before its content is looked at. */
interface Found {
  readonly payload: Readonly<Record<string, unknown>> & { readonly content: Json };
  readonly flaws: readonly Flaw[];
  readonly hearing: Hearing;
}

function perceiveArray(value: readonly Json[], { side, conversation }: Hearing): Perceived {
  const payload = { content: value };
  if (value.length > 0 && conversation.readings['jsonRpcBatch'] === 'supported') {
    return { message: 'array', payload, flaws: [] };
  }
  const isKms = side === 'central-kms';
  const requirement = isKms ? requirements.arraysAnswered : requirements.methodGiven;
  const detail = `expected a JSON-RPC object, got an array of ${value.length}`;
  return { message: null, payload, flaws: [malformed(requirement, detail)], mended: null };
}

/** The requirement that each problem of an object breaks. */
const problemRequirements: Readonly<Record<RpcProblemCode, Requirement>> = {
  object: requirements.methodGiven,
  version: requirements.versionGiven,
  method: requirements.methodGiven,
  reserved: requirements.reservedNames,
  params: requirements.paramsStructured,
  id: requirements.idType,
  idFraction: requirements.idNotNull,
  idMissing: requirements.idKept,
  both: requirements.resultOrError,
  neither: requirements.methodGiven,
  error: requirements.errorFormat,
  errorCode: requirements.errorFormat,
  errorMessage: requirements.errorFormat,
};

/** Problems that are none of the envelope: what is reserved is unknown, fractions are legal. */
const elsewhere: readonly RpcProblemCode[] = ['reserved', 'idFraction'];

function envelopeFlaws({ problems }: RpcEntry, { conversation }: Hearing): readonly Flaw[] {
  const { readings } = conversation;
  return problems
    .filter(({ code }) => !elsewhere.includes(code) && !isPassedOver(code, readings))
    .map(({ code, detail }) => ({
      kind: code === 'params' ? 'unfit' : 'malformed',
      requirement: problemRequirements[code],
      detail,
    }));
}

function isPassedOver(code: RpcProblemCode, readings: Readings): boolean {
  if (code === 'version') return readings['versionCheck'] === 'ignored';
  return code === 'errorCode' && readings['errorCodeForm'] === 'text';
}

function perceiveCall(
  entry: Extract<RpcEntry, { kind: 'request' | 'notification' }>,
  { payload, flaws, hearing }: Found,
): Perceived {
  const { content } = payload;
  const message = callNamed(entry.method, hearing);
  if (message === null) {
    const isReserved = entry.problems.some(({ code }) => code === 'reserved');
    if (flaws.length === 0 && !isReserved && mayAskOther(entry.method, hearing)) {
      return { message: 'otherCall', payload, flaws: [] };
    }
    const requirement = isReserved ? requirements.reservedNames : requirements.methodKnown;
    const detail = 'expected a method that the other side knows, got another';
    const unknown: Flaw = { kind: 'unknown', requirement, detail };
    return { message, payload, flaws: [...flaws, unknown], mended: null };
  }
  const all = [...flaws, ...callFlaws(message, entry, { payload, flaws, hearing })];
  if (message !== 'challenge') {
    const mended = { ...messages[message].example, id: idOf(content) ?? null };
    return { message, payload, flaws: all, ...(all.length === 0 ? {} : { mended }) };
  }
  const { stage } = hearing.conversation;
  const isDue = stage === 'challenged' || stage === 'doubtful';
  const proof = all.some(({ kind }) => kind === 'unfit')
    ? 'malformed'
    : proofIn(hearing.conversation, content);
  const said = { ...payload, proof };
  if (all.length > 0) {
    const mended = isDue ? null : messages.challenge.example;
    return { message, payload: said, flaws: all, mended };
  }
  if (proof === 'right') return { message, payload: said, flaws: all };
  const wrong: Flaw = { kind: 'unauthentic', ...proofFlaw(proof, content) };
  return {
    message,
    payload: said,
    flaws: [wrong],
    mended: isDue ? null : messages.challenge.example,
  };
}

/** Whether a method is quite another one: those of the document in other letters are not. */
function mayAskOther(method: string, { side, conversation }: Hearing): boolean {
  const isNear = callNames.some((one) => messages[one].method === method.toLowerCase());
  return side === 'sidecar' && !isNear && conversation.readings['otherMethods'] === 'asked';
}

/** The message that a call is; `null` where the side has no such method. */
function callNamed(method: string, { side, conversation }: Hearing): MessageName | null {
  const name = callNames.find((one) => {
    const row = messages[one];
    return row.method === method && row.saidBy.some((speaker) => speaker === side);
  });
  const isDeployed = conversation.readings['inquiryVariant'] === 'deployed';
  return name === undefined || (name === 'inquiryResponse' && !isDeployed) ? null : name;
}

const callNames = [
  'register',
  'challenge',
  'batch',
  'healthcheck',
  'inquiry',
  'inquiryResponse',
] as const satisfies readonly MessageName[];

function callFlaws(
  message: MessageName,
  { kind, params }: Extract<RpcEntry, { kind: 'request' | 'notification' }>,
  { payload, flaws, hearing }: Found,
): readonly Flaw[] {
  if (flaws.some(({ requirement }) => requirement === requirements.paramsStructured)) return [];
  if (kind === 'notification' && message !== 'inquiryResponse') {
    return [unfit(requirements.commandIdGiven, 'expected an id, got none')];
  }
  if (Array.isArray(params)) {
    return [unfit(requirements.paramsByName, 'expected params by name, got an array')];
  }
  const wrong = contentFlaw(
    message,
    withoutEnvelope(payload.content),
    hearing.conversation.readings,
  );
  return wrong === null ? [] : [{ kind: 'unfit', ...wrong }];
}

/** With an envelope that is right: what is wrong with it is told already. */
function withoutEnvelope(content: Json): object {
  return { ...Object(content), jsonrpc: '2.0' };
}

function perceiveResponse(message: MessageName, { payload, flaws, hearing }: Found): Perceived {
  const { content } = payload;
  const { side, conversation } = hearing;
  if (flaws.length > 0) return { message, payload, flaws, mended: null };
  const served = isKmsResult(message, side) ? servedWrongly(content, hearing) : null;
  const withFlaw = (flaw: Flaw): Perceived => ({ message, payload, flaws: [flaw], mended: null });
  if (served !== null) {
    return withFlaw(unfit(served, 'a result of a call that had to be refused'));
  }
  const wrong =
    contentFlaw(message, withoutEnvelope(content), conversation.readings) ??
    (message === 'registered' ? keyFlaw(member(content, 'result')) : null);
  if (wrong !== null) return withFlaw({ kind: 'unfit', ...wrong });
  if (codeOf(content) === errorCodes.parseError && idOf(content) !== null) {
    return withFlaw(
      unfit(requirements.parseErrorTold, 'expected -32700 with id null, got another'),
    );
  }
  const requirement = misfit({
    context: conversation,
    event: eventOf(`${side}.${message}`, payload),
  });
  if (requirement === null) {
    const early = isAsked(content, hearing) ? {} : ({ early: true } as const);
    return { message, payload, flaws: [], ...early };
  }
  const isDuplicate = isInternal(content) && isAgain(content, conversation);
  const what = isResponse(content) && 'error' in Object(content) ? 'an error' : 'a result';
  const detail = `${what} that does not fit its call`;
  const instead = requirement === requirements.idKept ? servedWrongly(content, hearing) : null;
  const broken = isDuplicate ? requirements.secondBatchNotInternal : (instead ?? requirement);
  return withFlaw(unfit(broken, detail));
}

/** Whether a call of this id awaits its response: else it may have been said before it was heard. */
function isAsked(content: Json, { side, conversation }: Hearing): boolean {
  return conversation.calls.some((one) => one.by !== side && sameId(one.id, idOf(content)));
}

function isKmsResult(message: MessageName, side: Side): boolean {
  return side === 'central-kms' && message !== 'kmsError';
}

/** The requirement that a result breaks for a call that had to be refused; `null`: it did not. */
function servedWrongly(content: Json, { side, conversation }: Hearing): Requirement | null {
  const call = conversation.calls.find((one) => one.by !== side && sameId(one.id, idOf(content)));
  if (call === undefined || call.fault === null || isRefutation(call)) return null;
  const row = refusals.find(({ faults }) => call.fault !== null && faults.includes(call.fault));
  return row?.[side] ?? null;
}

const refusals: readonly (Readonly<Record<Side, Requirement>> & {
  readonly faults: readonly Fault[];
})[] = [
  {
    faults: ['method'],
    'central-kms': requirements.unknownMethodTold,
    sidecar: requirements.unknownMethodOfKmsTold,
  },
  {
    faults: ['params', 'structure'],
    'central-kms': requirements.invalidParamsTold,
    sidecar: requirements.invalidParamsOfKmsTold,
  },
];

function isInternal(content: Json): boolean {
  return codeOf(content) === errorCodes.internalError;
}

/** Whether a response is about a batch that was there already. */
function isAgain(content: Json, { calls }: Conversation): boolean {
  return calls.some((call) => call.again && sameId(call.id, idOf(content)));
}

function malformed(requirement: Requirement, detail: string): Flaw {
  return { kind: 'malformed', requirement, detail };
}

function unfit(requirement: Requirement, detail: string): Flaw {
  return { kind: 'unfit', requirement, detail };
}
