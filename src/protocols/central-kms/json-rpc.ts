import type { Json } from '#src/base/json.ts';

/** The id of a call: its value with its type, as JSON has it. */
export type RpcId = string | number | bigint | null;

/** One JSON-RPC object, as it can be told by its members. @see JSON-RPC 2.0 */
export type RpcEntry =
  | {
      readonly kind: 'request';
      readonly id: RpcId;
      readonly method: string;
      readonly params: Json | undefined;
      readonly problems: readonly RpcProblem[];
    }
  | {
      readonly kind: 'notification';
      readonly method: string;
      readonly params: Json | undefined;
      readonly problems: readonly RpcProblem[];
    }
  | {
      readonly kind: 'result';
      readonly id: RpcId;
      readonly result: Json;
      readonly problems: readonly RpcProblem[];
    }
  | {
      readonly kind: 'error';
      readonly id: RpcId;
      readonly error: Json;
      readonly problems: readonly RpcProblem[];
    }
  /** None of these; `id` where one could be read, `undefined` where not. */
  | {
      readonly kind: 'invalid';
      readonly id: RpcId | undefined;
      readonly problems: readonly RpcProblem[];
    };

/** One thing wrong with an entry. */
export interface RpcProblem {
  readonly code: RpcProblemCode;
  readonly detail: string;
}

/** What can be wrong, and where JSON-RPC 2.0 says so. */
export const rpcProblems = {
  object: '4, 5: neither a request nor a response: no object',
  version: '4, 5: jsonrpc is not exactly "2.0"',
  method: '4: a method that is no text',
  reserved: '4.3: a method that begins with rpc.',
  params: '4.2: params that are neither an object nor an array',
  id: '4: an id that is neither a text, nor a number, nor null',
  idFraction: '4: a number with a fraction as id',
  idMissing: '5: a response without id',
  both: '5: a response with both result and error',
  neither: '4, 5: no method, no result and no error',
  error: '5.1: an error that is no object',
  errorCode: '5.1: an error code that is no integer',
  errorMessage: '5.1: an error message that is no text',
} as const satisfies Readonly<Record<string, string>>;

export type RpcProblemCode = keyof typeof rpcProblems;

/** What a value is in JSON-RPC; total. An array is a batch: each of its elements is read alone. */
export function rpcEntry(value: Json): RpcEntry {
  if (!isObject(value)) {
    const detail = `expected an object, got ${typeName(value)}`;
    return { kind: 'invalid', id: undefined, problems: [{ code: 'object', detail }] };
  }
  const shared = versionProblems(value);
  if ('method' in value) return callOf(value, shared);
  if ('result' in value || 'error' in value) return responseOf(value, shared);
  const detail = 'expected method, result or error, got none of them';
  return { kind: 'invalid', id: idIn(value), problems: [...shared, { code: 'neither', detail }] };
}

/** Whether two ids are the same: equal in value and in type. */
export function sameId(left: RpcId | undefined, right: RpcId | undefined): boolean {
  return left !== undefined && typeof left === typeof right && left === right;
}

type JsonObject = { readonly [name: string]: Json };

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function callOf(value: JsonObject, shared: readonly RpcProblem[]): RpcEntry {
  const { method, params } = value;
  const problems = [...shared, ...idProblems(value), ...paramsProblems(params)];
  if (typeof method !== 'string') {
    const detail = `expected a text as method, got ${typeName(method ?? null)}`;
    return {
      kind: 'invalid',
      id: idIn(value),
      problems: [...problems, { code: 'method', detail }],
    };
  }
  if (method.startsWith('rpc.')) {
    problems.push({ code: 'reserved', detail: 'expected a method that is not reserved' });
  }
  const id = idIn(value);
  if (!('id' in value)) return { kind: 'notification', method, params, problems };
  if (id === undefined) return { kind: 'invalid', id, problems };
  return { kind: 'request', id, method, params, problems };
}

function responseOf(value: JsonObject, shared: readonly RpcProblem[]): RpcEntry {
  const problems = [...shared, ...idProblems(value)];
  const id = idIn(value);
  if (!('id' in value)) problems.push({ code: 'idMissing', detail: 'expected an id, got none' });
  if (id === undefined) return { kind: 'invalid', id, problems };
  const { result, error } = value;
  if (error === undefined) return { kind: 'result', id, result: result ?? null, problems };
  if (result !== undefined) {
    problems.push({ code: 'both', detail: 'expected result or error, got both' });
  }
  return { kind: 'error', id, error, problems: [...problems, ...errorProblems(error)] };
}

function versionProblems({ jsonrpc }: JsonObject): RpcProblem[] {
  if (jsonrpc === '2.0') return [];
  return [{ code: 'version', detail: 'expected jsonrpc to be "2.0", got something else' }];
}

function idProblems(value: JsonObject): readonly RpcProblem[] {
  if (!('id' in value)) return [];
  const { id = null } = value;
  if (idIn(value) === undefined) {
    const detail = `expected a text, a number or null as id, got ${typeName(id)}`;
    return [{ code: 'id', detail }];
  }
  if (typeof id !== 'number' || Number.isInteger(id)) return [];
  return [{ code: 'idFraction', detail: 'expected an id without a fraction' }];
}

function paramsProblems(params: Json | undefined): readonly RpcProblem[] {
  if (params === undefined || (typeof params === 'object' && params !== null)) return [];
  return [{ code: 'params', detail: `expected an object or array, got ${typeName(params)}` }];
}

function errorProblems(error: Json): readonly RpcProblem[] {
  if (!isObject(error)) {
    return [{ code: 'error', detail: `expected an object as error, got ${typeName(error)}` }];
  }
  const { code, message } = error;
  const isInteger = typeof code === 'bigint' || Number.isInteger(code);
  return [
    ...(isInteger
      ? []
      : [{ code: 'errorCode' as const, detail: 'expected an integer as error code' }]),
    ...(typeof message === 'string'
      ? []
      : [{ code: 'errorMessage' as const, detail: 'expected a text as error message' }]),
  ];
}

/** The id of an object; `undefined` where it has none that JSON-RPC allows. */
function idIn({ id }: JsonObject): RpcId | undefined {
  const isId = id === null || ['string', 'number', 'bigint'].includes(typeof id);
  return isId && typeof id !== 'boolean' && !isCompound(id) ? id : undefined;
}

function isCompound(value: Json | undefined): value is JsonObject | readonly Json[] {
  return typeof value === 'object' && value !== null;
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
