/** The codes that JSON-RPC reserves, by what they say. */
export const errorCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
} as const;

/** The codes of the document, by what they say. */
export const kmsCodes = {
  sidecarExists: 40001,
  invalidBatchSignature: 40004,
  invalidRowSignature: 40005,
} as const;

/** A member of a JSON object; `undefined` where there is none. */
export function member(content: unknown, name: string): unknown {
  if (typeof content !== 'object' || content === null) return undefined;
  return Object.getOwnPropertyDescriptor(content, name)?.value;
}

/** Whether a JSON value has a member, whatever it is. */
export function has(content: unknown, name: string): boolean {
  return typeof content === 'object' && content !== null && Object.hasOwn(content, name);
}

/** The id of a message; `undefined` where it has none, or one of a type that no id has. */
export function idOf(content: unknown): unknown {
  const id = member(content, 'id');
  return isId(id) ? id : undefined;
}

function isId(id: unknown): boolean {
  return ['string', 'number', 'bigint'].includes(typeof id) || id === null;
}

/** The same id: of the same type, and equal. */
export function sameId(left: unknown, right: unknown): boolean {
  return isId(left) && left === right;
}

/** Whether an id is a number. */
export function isNumeric(id: unknown): id is number | bigint {
  return typeof id === 'number' || typeof id === 'bigint';
}

/** Whether a message is a response, good or not: it has a result or an error, and no method. */
export function isResponse(content: unknown): boolean {
  return !has(content, 'method') && (has(content, 'result') || has(content, 'error'));
}

/** A call without id: nobody answers it. */
export function isNotification(content: unknown): boolean {
  return typeof member(content, 'method') === 'string' && !has(content, 'id');
}

/** The method of a call; `null` where there is none. */
export function methodOf(content: unknown): string | null {
  return text(member(content, 'method'));
}

/** A member of the params. */
export function param(content: unknown, name: string): unknown {
  return member(member(content, 'params'), name);
}

/** The code of an error response; `null` where there is none. */
export function codeOf(content: unknown): number | null {
  const code = member(member(content, 'error'), 'code');
  return isNumeric(code) ? Number(code) : null;
}

/** A text; `null` for anything else. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The calls and notifications of an array that await a response: their ids; unreadable ones: null. */
export function idsOfArray(content: unknown): readonly unknown[] {
  if (!Array.isArray(content)) return [];
  return content
    .filter((element) => !isNotification(element) && !isResponse(element))
    .map((element: unknown) => idOf(element) ?? null);
}

/**
 * Which rule a member of a call breaks, by the JSON Pointer to it: those of the envelope make an
 * invalid request, those of the params invalid params.
 */
export function faultAt(pointer: string): 'request' | 'structure' | 'params' {
  if (pointer === '/params') return 'structure';
  return pointer.startsWith('/params/') ? 'params' : 'request';
}
