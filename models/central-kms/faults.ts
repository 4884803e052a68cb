import { has, isResponse, methodOf } from './json-rpc.ts';
import type { Method } from './messages.ts';
import { nameOf, type CentralKmsEvent } from './talk.ts';

/**
 * What is wrong with what a side said, more closely than the flaw tells. Of the wire: `upgrade`,
 * `frame`, `binary`. Of JSON-RPC: `parse`, `request`, `structure` (params that are neither object
 * nor array), `array`, `response`. Of the protocol: `method`, `params`, `proof`, `state`.
 */
export const faults = [
  'upgrade',
  'frame',
  'binary',
  'parse',
  'request',
  'structure',
  'array',
  'response',
  'method',
  'params',
  'proof',
  'state',
] as const;
export type Fault = (typeof faults)[number];

/** Which signatures of a challenge hold; `malformed`: one is no signature at all. */
export const proofs = ['right', 'wrongBatch', 'wrongRow', 'wrongBoth', 'malformed'] as const;
export type Proof = (typeof proofs)[number];

/** What is wrong with a flawed event; `null` where it is none, or none that anything is owed for. */
export function faultOf(event: CentralKmsEvent): Fault | null {
  const { content } = event;
  const told = faults.find((fault) => fault === event.fault);
  switch (nameOf(event)) {
    case 'malformed':
      return told ?? faultIn(content);
    case 'unknown':
      return told ?? (methodOf(content) === null ? 'response' : 'method');
    case 'unauthentic':
      return told ?? (methodOf(content) === null ? 'upgrade' : 'proof');
    case 'unfit':
      return told ?? (methodOf(content) === null ? faultWithout(content) : 'params');
    case 'misplaced':
      if (told !== undefined && unread.includes(told)) return null;
      return methodOf(content) === null ? faultWithout(content, null) : 'state';
    case 'otherCall':
      return 'method';
    default:
      return null;
  }
}

/** Faults of frames and texts that nobody could read: they are no calls, wherever they come. */
const unread: readonly Fault[] = ['upgrade', 'frame', 'binary', 'parse'];

/** Of text that is no good request. */
function faultIn(content: unknown): Fault {
  if (content === undefined) return 'parse';
  if (Array.isArray(content)) return content.length === 0 ? 'request' : 'array';
  return isResponse(content) ? 'response' : 'request';
}

/** Of what has no method: a response, or nothing of JSON-RPC. */
function faultWithout<Else>(content: unknown, otherwise: Else | 'request' = 'request') {
  if (isResponse(content)) return 'response';
  return has(content, 'jsonrpc') ? 'request' : otherwise;
}

/** The method of an event's call, where it is one that there is. */
export function calledMethod({ content }: CentralKmsEvent): Method | null {
  return methods.find((method) => method === methodOf(content)) ?? null;
}

const methods = [
  'register',
  'challenge',
  'batch',
  'healthcheck',
  'inquiry',
  'inquiry-response',
] as const satisfies readonly Method[];

/** Which signatures of a challenge hold. */
export function proofOf(event: CentralKmsEvent): Proof {
  const told = proofs.find((proof) => proof === event.proof);
  if (told !== undefined) return told;
  if (nameOf(event) === 'unauthentic') return 'wrongBoth';
  return nameOf(event) === 'unfit' ? 'malformed' : 'right';
}
