import { member, param, type MessageName } from '#models/central-kms/index.ts';
import type { Random } from '#src/base/random.ts';
import type { Perceived } from '#src/contract/frame.ts';
import { recall } from '../context.ts';
import { isSignedBy } from '../signatures.ts';

/** A call that whoever runs the KMS wants it to make. */
export interface Asked {
  readonly message: 'healthcheck' | 'inquiry';
  /** The JSON-RPC object. */
  readonly content: object;
  /** What came of it: results, errors, or calls of `inquiry-response`, as they came. */
  readonly answers: unknown[];
  isSaid: boolean;
  /** Hears of every answer. */
  onAnswer?: () => void;
}

/** What the KMS keeps for whoever runs it. */
export interface Desk {
  readonly asked: Asked[];
  /** Signatures of the batches that were saved, by id in lower case. */
  readonly saved: Map<string, string>;
  /** The service that the sidecar said it is attached to. */
  service: string | null;
}

/** Calls and batches that are kept at most. */
const mostAsked = 1024;
const mostSaved = 65_536;

export function newDesk(): Desk {
  return { asked: [], saved: new Map(), service: null };
}

/** The desk of a KMS's session. Another memory is a fault of ours. */
export function deskOf({ memory }: { readonly memory: unknown }): Desk {
  if (!hasDesk(memory)) throw new TypeError('not the memory of a central KMS');
  return memory.desk;
}

function hasDesk(memory: unknown): memory is { readonly desk: Desk } {
  return typeof memory === 'object' && memory !== null && 'desk' in memory;
}

/** Puts a call on the desk: it is made as soon as the sidecar is registered. */
export function ask(desk: Desk, { message, content }: Pick<Asked, 'message' | 'content'>): Asked {
  const asked: Asked = { message, content, answers: [], isSaid: false };
  desk.asked.push(asked);
  desk.asked.splice(0, desk.asked.length - mostAsked);
  return asked;
}

/** A healthcheck of such a level. */
export function healthcheckOf(random: Random, level: string): Pick<Asked, 'message' | 'content'> {
  const content = { jsonrpc: '2.0', id: random.uuid(), method: 'healthcheck', params: { level } };
  return { message: 'healthcheck', content };
}

/** An inquiry for the batches between two instants, both inclusive. */
export function inquiryOf(
  random: Random,
  { startTime, endTime }: { readonly startTime: string; readonly endTime: string },
): Pick<Asked, 'message' | 'content'> {
  const inquiry = random.uuid();
  const params = { inquiry, startTime, endTime };
  return {
    message: 'inquiry',
    content: { jsonrpc: '2.0', id: inquiry, method: 'inquiry', params },
  };
}

const answering: readonly (MessageName | null)[] = [
  'healthReport',
  'inquiryResult',
  'inquiryResponse',
  'sidecarError',
];

/** Keeps what the sidecar says about calls of the desk, and the signatures of its batches. */
export function note({ message, payload }: Perceived, desk: Desk): void {
  const { asked, saved } = desk;
  const { content } = payload;
  if (message === 'register') desk.service = String(param(content, 'serviceName'));
  if (message === 'batch') {
    const [id, signature] = [param(content, 'id'), param(content, 'signature')];
    if (saved.size < mostSaved) saved.set(String(id).toLowerCase(), String(signature));
  }
  if (!answering.some((name) => name === message)) return;
  const inquiry = foundIn(content, 'inquiry');
  const call = asked.find(
    ({ content: mine }) =>
      (inquiry !== undefined && param(mine, 'inquiry') === inquiry) ||
      (message !== 'inquiryResponse' && member(mine, 'id') === member(content, 'id')),
  );
  call?.answers.push(content);
  call?.onAnswer?.();
}

/** A member of what an inquiry found, in whichever of its forms. */
export function foundIn(content: unknown, name: string): unknown {
  return member(member(content, 'result'), name) ?? param(content, name);
}

/** Whether everything was answered: an error says so, or as many results as there are to be. */
export function isComplete({ message, answers }: Asked): boolean {
  const [first] = answers;
  if (first === undefined) return false;
  if (message === 'healthcheck' || member(first, 'error') !== undefined) return true;
  return answers.length >= Math.max(1, Number(foundIn(first, 'total')));
}

/** A batch as the sidecar gave it back. */
export interface FoundBatch {
  readonly id: string;
  readonly body: string;
  /** Whether its signature was saved, and is that of this body by the sidecar's own key. */
  readonly isVerified: boolean;
}

/** What an inquiry found; errors, and that there is nothing, are no batches. */
export function batchesOf({ answers }: Asked, desk: Desk, context: unknown): readonly FoundBatch[] {
  const batchKey = member(recall(context).grants.at(-1), 'batchKey');
  return answers.flatMap((content) => {
    const [id, body] = [foundIn(content, 'id'), foundIn(content, 'body')];
    if (typeof id !== 'string' || typeof body !== 'string') return [];
    const signature = desk.saved.get(id.toLowerCase());
    const isVerified = signature !== undefined && isSignedBy(String(batchKey), body, signature);
    return { id, body, isVerified };
  });
}
