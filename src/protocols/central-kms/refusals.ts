import {
  deskOf,
  errorCodes,
  hasSignatures,
  isOwed,
  isRefutation,
  kmsCodes,
  param,
  type Call,
  type Conversation,
  type Side,
} from '#models/central-kms/index.ts';
import { answerId, failure } from './say.ts';

/** The texts of errors, as the document has them. */
export const errorTexts: Readonly<Record<number, string>> = {
  [errorCodes.parseError]: 'Parse error',
  [errorCodes.invalidRequest]: 'Invalid Request',
  [errorCodes.methodNotFound]: 'Method not found',
  [errorCodes.invalidParams]: 'Invalid params',
  [errorCodes.internalError]: 'Internal error',
  [kmsCodes.invalidBatchSignature]: 'Invalid batch signature',
  [kmsCodes.invalidRowSignature]: 'Invalid row signature',
};

/** A batch that is there already, where that is refused: a code of the application's own. */
const batchExists = 120;

/** The error that a call is refused with; `null`: its id. */
export function refusalOf(call: Call, conversation: Conversation): object {
  const code = codeFor(call, conversation);
  const id = isUnread(call, code, conversation) ? null : answerId(call, conversation);
  return failure(id, code, errorTexts[code] ?? textFor(code, call));
}

/** An invalid call whose id is not looked at. */
function isUnread({ fault }: Call, code: number, { readings }: Conversation): boolean {
  if (readings['invalidRequestId'] !== 'none') return false;
  return fault === 'request' || (fault === 'structure' && code === errorCodes.invalidRequest);
}

function textFor(code: number, { content }: Call): string {
  const id = String(param(content, 'id'));
  if (code === kmsCodes.sidecarExists) return `Sidecar with id '${id}' already exists`;
  if (code === batchExists) return `Batch with id '${id}' already exists`;
  return 'Not possible now';
}

function codeFor(call: Call, { readings }: Conversation): number {
  const { method, fault, proof, again } = call;
  const isSpent = readings['malformedChallenge'] === 'spent' && isRefutation(call);
  if (isSpent && fault !== 'proof' && hasSignatures(call)) return kmsCodes.invalidBatchSignature;
  switch (fault) {
    case 'parse':
    case 'binary':
      return errorCodes.parseError;
    case 'method':
      return errorCodes.methodNotFound;
    case 'structure':
      return readings['unstructuredParams'] === 'request'
        ? errorCodes.invalidRequest
        : errorCodes.invalidParams;
    case 'params':
      return errorCodes.invalidParams;
    case 'proof':
      return proof === 'wrongRow' ||
        (proof !== 'wrongBatch' && readings['bothWrong'] === 'rowFirst')
        ? kmsCodes.invalidRowSignature
        : kmsCodes.invalidBatchSignature;
    case 'state':
      return stateCode(readings['stateErrorCode']);
    case null:
      if (method === 'register') return kmsCodes.sidecarExists;
      return method === 'batch' && again ? batchExists : errorCodes.internalError;
    default:
      return errorCodes.invalidRequest;
  }
}

/** The code for a call that is not possible now. */
function stateCode(reading: string | undefined): number {
  if (reading === 'own') return 409;
  return reading === 'invalidRequest' ? errorCodes.invalidRequest : errorCodes.methodNotFound;
}

/** The oldest call of a side that awaits its response in one region of the machine. */
export function oldestCall(
  { calls }: Conversation,
  by: Side,
  desk: ReturnType<typeof deskOf>,
): Call | null {
  const mine = calls.filter((call) => call.by === by && deskOf(call) === desk);
  return mine.find(isOwed) ?? mine[0] ?? null;
}
