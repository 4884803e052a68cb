import { outcomeOf, type Outcome } from './batch.ts';
import { has, numberAt, textAt } from './fields.ts';
import { reads } from './readings.ts';
import { internalReasons, reasons, usualReasons } from './reasons.ts';
import { requirements } from './requirements.ts';
import type { Misfit } from './rules/index.ts';
import { itemsOf, payloadOf, type Conversation, type KmipEvent, type Request } from './talk.ts';

/** An operation that was posted alone, and what answers it. */
interface Exchange {
  readonly context: Conversation;
  readonly request: Request;
  readonly event: KmipEvent;
}

/** What is wrong with the form of an answer that is no status of HTTP; `null`: nothing. */
export function formMisfit({ context, request, event }: Exchange): Misfit | null {
  const isAlone = event.bare === true;
  if (isAlone === request.bare) return null;
  if (isAlone) {
    const detail = 'expected a Response Message, got the response of an operation alone';
    return { requirement: requirements.responseIsMessage, detail };
  }
  const isSuccess = itemsOf(event.content).some(
    (item) => textAt(item, 'ResultStatus') === 'Success',
  );
  if (isSuccess && !reads(context, 'bareResults', 'message')) {
    const detail = 'expected the response of the operation alone, got a Response Message';
    return { requirement: requirements.bareAnswered, detail };
  }
  if (!isSuccess && !reads(context, 'bareFailures', 'message')) {
    const detail = 'expected a status of HTTP of 400 or more, got a Response Message';
    return { requirement: requirements.bareFailureTold, detail };
  }
  return null;
}

/** What a status of HTTP makes of an operation that was posted alone. */
export function refusedAlone({ context, request, event }: Exchange): Outcome {
  const { world, readings } = context;
  const status = numberAt(event.content, 'status') ?? 0;
  if (status < 400) {
    const detail = `expected the response of the operation, or 400 or more, got ${status}`;
    return { misfit: { requirement: requirements.bareAnswered, detail }, world };
  }
  if (request.fault !== null) return { misfit: null, world };
  const operation = textAt(itemsOf(request.content)[0], 'Operation') ?? '';
  const isKnown = baseline.has(operation) || context.served.includes(operation);
  const told = reasonsTold(status);
  const outcomes = (isKnown ? told : [...told, ...reasons.unsupported]).map((ResultReason) =>
    outcomeOf(request, failureOf(operation, ResultReason), world, readings),
  );
  const fitting = outcomes.find(({ misfit }) => misfit === null);
  return fitting ?? { misfit: notThis(request, status, outcomes[0]), world };
}

function failureOf(Operation: string, ResultReason: string) {
  return { BatchItem: [{ Operation, ResultStatus: 'OperationFailed', ResultReason }] };
}

/** An operation that must succeed was refused, or one that must be refused by another status. */
function notThis({ content }: Request, status: number, outcome: Outcome | undefined): Misfit {
  const { requirement = requirements.bareStatusFits, detail = 'expected another status' } =
    outcome?.misfit ?? {};
  const told = `${detail.split(', got')[0]}, got the status ${status}`;
  const { bareTaken, bareStatusFits, reasonFits } = requirements;
  if (requirement === reasonFits) return { requirement: bareStatusFits, detail: told };
  /** What is about no object cannot lack it: the operation was not taken. */
  const isAbout = has(payloadOf(itemsOf(content)[0]), 'UniqueIdentifier');
  return { requirement: status === 404 && !isAbout ? bareTaken : requirement, detail: told };
}

/** The result reasons that a status of HTTP may stand for: the document names no statuses. */
function reasonsTold(status: number): readonly string[] {
  return byStatus[status] ?? (status >= 500 ? [...internalReasons, ...refusals] : refusals);
}

/** An operation alone sets no limit that its response could be too large for. */
const others = [...usualReasons, ...internalReasons, ...reasons.size];

const refusals: readonly string[] = [...new Set<string>(Object.values(reasons).flat())].filter(
  (reason) => !others.includes(reason),
);

const absent = ['ItemNotFound', 'ObjectNotFound', 'ObjectDestroyed', 'AttributeNotFound'];
const denied = ['PermissionDenied', 'AuthenticationNotSuccessful'];
const busy = ['ServerLimitExceeded'];

/** Statuses that say more than that something was refused. */
const byStatus: Readonly<Record<number, readonly string[]>> = {
  401: denied,
  403: denied,
  404: absent,
  405: reasons.unsupported,
  410: absent,
  429: busy,
  501: reasons.unsupported,
  503: busy,
  507: busy,
};

/**
 * What a Baseline Server serves, and making a key: what else was not served yet may be refused as
 * unsupported, by any status.
 * @see KMIP Profiles 2.1, Baseline Server
 */
const baseline: ReadonlySet<string> = new Set([
  ...['Create', 'Locate', 'Get', 'GetAttributes', 'Activate', 'Revoke', 'Destroy'],
  ...['Query', 'DiscoverVersions'],
]);
