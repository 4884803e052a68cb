import type { Call, Conversation, MessageName } from '#models/central-kms/index.ts';
import type { Deed } from '#src/contract/side.ts';
import type { CentralKmsBend } from './codec.ts';

/** Says a message: with its canonical content, or with such. */
export function say(
  message: MessageName,
  content?: object,
  frame?: CentralKmsBend,
): Extract<Deed, { do: 'say' }> {
  const utterance = {
    message,
    ...(content === undefined ? {} : { content }),
    ...(frame === undefined ? {} : { frame }),
  };
  return { do: 'say', utterance };
}

/** The id that a response to a call has, as the reading of numbers has it. */
export function answerId({ id }: Call, { readings }: Conversation): unknown {
  const isNumber = typeof id === 'number' || typeof id === 'bigint';
  return isNumber && readings['numericIds'] === 'asText' ? String(id) : id;
}

/** An error response. */
export function failure(id: unknown, code: number, message: string): object {
  return { jsonrpc: '2.0', id: id ?? null, error: { code, message } };
}

/** A result. */
export function success(id: unknown, result: object): object {
  return { jsonrpc: '2.0', id, result };
}
