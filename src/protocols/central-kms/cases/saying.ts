import { member, type MessageName } from '#models/central-kms/index.ts';
import { parseJson } from '#src/base/json.ts';
import { PlayEnded } from '#src/play/stage.ts';
import { WebSocketMessageReader } from '#src/wire/websocket/message-reader.ts';
import { recall } from '../context.ts';
import type { SocketPlayer } from './case.ts';

/** A JSON-RPC object, as it is bent. */
export type Content = Readonly<Record<string, unknown>>;

/** The canonical content of a text message, as it would be said now. */
export function contentOf(player: SocketPlayer, message: MessageName): Content {
  const bytes = player.compose(message);
  const isMasked = ((bytes[1] ?? 0) & 0x80) !== 0;
  const [said] = new WebSocketMessageReader({ isMasked }).push(bytes);
  const json = parseJson(said?.payload ?? new Uint8Array(0), { specials: false });
  const value: unknown = json.ok ? json.value : {};
  return isContent(value) ? value : {};
}

function isContent(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Says a message whose content is bent, and hears what is owed for it. */
export function bent(
  player: SocketPlayer,
  message: MessageName,
  change: (content: Content) => unknown,
) {
  return player.say(message, { content: change(contentOf(player, message)) });
}

/** The params of a call, changed. */
export function withParams(change: Content) {
  return (content: Content): Content => ({
    ...content,
    params: { ...Object(content['params']), ...change },
  });
}

/** The members of a result, changed. */
export function withResult(change: Content) {
  return (content: Content): Content => ({
    ...content,
    result: { ...Object(content['result']), ...change },
  });
}

/** Without some of the params. */
export function withoutParam(name: string) {
  return (content: Content): Content => ({
    ...content,
    params: without(Object(content['params']), name),
  });
}

/** Without one member. */
export function without(content: Content, name: string): Content {
  return Object.fromEntries(Object.entries(content).filter(([key]) => key !== name));
}

/** A text among the params or the result of a content. */
export function textIn(content: Content, place: 'params' | 'result', name: string): string {
  return String(member(content[place], name) ?? '');
}

/** A text message of any bytes, and hears what is owed for it. */
export function text(player: SocketPlayer, raw: string | Uint8Array) {
  const bytes = typeof raw === 'string' ? Buffer.from(raw) : raw;
  return player.say('ping', { frame: { raw: bytes, kind: 'text' } });
}

/**
 * Hears until the KMS has made such a call, and leaves it unanswered. A KMS that is made to ask by
 * somebody else may not ask: the case says nothing then.
 */
export async function asked(
  player: SocketPlayer,
  method: 'healthcheck' | 'inquiry',
): Promise<void> {
  while (!isAsked(player, method)) {
    const heard = await player.hear(askedWithinMs);
    if (heard.kind === 'silence') throw new PlayEnded('unsayable', `the KMS asks for no ${method}`);
    if (heard.kind === 'closed') await player.walk(`${regions[method]}.waiting`);
  }
}

/** A KMS that asks for nothing in so long may not ask at all. */
const askedWithinMs = 4000;
const regions = { healthcheck: 'healthChecks', inquiry: 'inquiries' } as const;

function isAsked({ context }: SocketPlayer, method: string): boolean {
  return recall(context).calls.some((call) => call.by === 'central-kms' && call.method === method);
}

/** Saves a batch, and hears until the KMS asks for it. */
export async function inquired(player: SocketPlayer): Promise<void> {
  await player.say('batch');
  await asked(player, 'inquiry');
}
