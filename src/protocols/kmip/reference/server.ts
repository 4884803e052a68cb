import {
  field,
  isFields,
  itemsOf,
  serverSession,
  textAt,
  type Fields,
  type Request,
} from '#models/kmip/index.ts';
import type { Readings } from '#models/language/index.ts';
import type { Random } from '#src/base/random.ts';
import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { contentOf, messageOf } from '../content.ts';
import { recall } from '../context.ts';
import { answer } from '../operations/message/answer.ts';
import { newServer, type ServerState, type Surroundings } from '../operations/model/server.ts';
import { registryFor } from '../registry-for.ts';
import { tags } from '../registry/tags.ts';
import { request as requestOf } from '../contents.ts';
import { say } from '../say.ts';
import { wireOf } from '../wires.ts';
import { forAlone } from './answer-alone.ts';
import { habitsFor, refusedUnread, taken, told } from './readings.ts';

/** What the server keeps: its objects. */
export interface ServerMemory {
  readonly server: ServerState;
}

/** What an answer of the server looks at. */
export type ServerScene = SideScene<ServerMemory>;
type Scene = ServerScene;

/** What the server says, by how the oldest request awaits its response. */
export const answers: Answers<ServerMemory> = {
  'exchange.idle': whileIdle,
  'exchange.answering': respond,
  'exchange.stopping': respond,
  'exchange.continuing': respond,
  'exchange.undoing': respond,
  'exchange.refusing': refuse,
  'exchange.ended': () => ({ do: 'close' }),
};

/** The reference server: every operation that is followed, objects in memory. */
export const server: SideRecord<ServerMemory> = {
  answers,
  memory: (random, { readings }) => ({ server: storeOf(random, readings) }),
  machine: serverSession,
  sharesByChance: true,
};

/** How long a connection stays that nothing comes over, where the server ends any. */
const mostIdleMs = 20_000;

/** What each session has heard last, and when it was idle behind it. */
const idle = new WeakMap<ServerMemory, { readonly heard: unknown; readonly atMs: number }>();

/** Ends a connection that nothing has come over for a while, where it does so at all. */
function whileIdle({ heard, memory, nowMs, settings }: Scene): Deed | readonly Deed[] {
  if (settings.readings['idleEnd'] !== 'ended') return [];
  const known = idle.get(memory);
  const since = known?.heard === heard ? known : { heard, atMs: nowMs };
  idle.set(memory, since);
  const leftMs = since.atMs + mostIdleMs - nowMs;
  return leftMs > 0 ? { do: 'later', ms: leftMs } : { do: 'close' };
}

const stores = new WeakMap<Random, ServerState>();

/** What all connections of one server share, which draw from one source of chance. */
function storeOf(random: Random, readings: Readings): ServerState {
  const known = stores.get(random) ?? newServer({ habits: habitsFor(readings) });
  stores.set(random, known);
  return known;
}

/** Answers the oldest request. */
export function respond(scene: Scene): Deed | readonly Deed[] {
  const [request] = recall(scene.context).pending;
  return request === undefined ? [] : forAlone(responseTo(request, scene), request, scene);
}

/** The response that the engine gives, as what it says. */
function responseTo({ content, fault }: Request, scene: Scene): Deed {
  const fields = isFields(content) ? content : {};
  const { readings } = scene.settings;
  const nowSeconds = Math.floor(scene.nowMs / 1000);
  const reason = fault === null ? refusedUnread(fields, { readings, nowSeconds }) : null;
  if (reason !== null) return rejection([reason], fields['RequestHeader'], scene);
  const asked = fault === null ? taken(fields, readings) : fields;
  return telling(told(answerTo(asked, scene), fields, readings), fields);
}

/** What the engine answers to a request, both as fields. */
export function answerTo(request: Fields, { context, memory, random, nowMs }: Scene): Fields {
  const version = registryFor(request);
  const message = messageOf(tags.RequestMessage, request, version);
  const now = BigInt(Math.floor(nowMs / 1000));
  const response = answer(message, memory.server, { now, random, ...wrongIn(context, request) });
  return response.type === 'Structure' ? contentOf(response, version) : {};
}

/** What is wrong with the oldest request, if it is the one: as fields it may look good. */
function wrongIn(context: unknown, request: Fields): Pick<Surroundings, 'wrong'> {
  const [oldest] = recall(context).pending;
  const fault = oldest?.fault ?? null;
  if (oldest?.content !== request || fault === null || fault === 'version') return {};
  return { wrong: fault === 'item' ? (oldest.item ?? 0) : 'message' };
}

/** Says a response by what it is. */
export function telling(said: Fields, request: Fields): Extract<Deed, { do: 'say' }> {
  return say(nameOf(said, itemsOf(request).length > 1), said);
}

function nameOf(content: object, isBatch: boolean) {
  const items = itemsOf(content);
  const [item] = items;
  if (items.length !== 1 || isBatch) return 'batchAnswered';
  if (textAt(item, 'ResultStatus') === 'Success') return 'succeeded';
  return textAt(item, 'Operation') === null ? 'rejected' : 'failed';
}

/** Refuses a message that is wrong: as a whole, where nothing of it could be read. */
export function refuse(scene: Scene): Deed | readonly Deed[] {
  const [request] = recall(scene.context).pending;
  if (request === undefined) return [];
  const deeds = [refusalOf(request, scene)].flat();
  return deeds.map((deed) => forAlone(deed, request, scene));
}

function refusalOf(request: Request, scene: Scene): Deed | readonly Deed[] {
  const { fault, content, reasons } = request;
  const { readings } = scene.settings;
  /** Another path or method: HTTP alone tells of it. */
  if (fault === 'http') return say('httpRefused', { status: 400 });
  const isWhole = fault === 'item' && readings['badItemScope'] === 'message';
  if (isWhole) return rejection(reasons, Object(content)['RequestHeader'], scene);
  const isRead = fault === 'item' || fault === 'header' || fault === 'version';
  if (isRead && content !== undefined) return responseTo(request, scene);
  if (readings['badMessageEnds'] === 'closed') return { do: 'close' };
  const isHttp = wireOf(scene.settings).over === 'http';
  if (isHttp && readings['httpErrors'] === 'http') return say('httpRefused', { status: 400 });
  const refusal = rejection(reasons, requestOf([])['RequestHeader'], scene);
  return fault === 'framing' ? [refusal, { do: 'close' }] : refusal;
}

/** One failed item without operation, in the version of a header. */
function rejection(reasons: readonly string[], header: unknown, { nowMs }: Scene): Deed {
  const item = { ResultStatus: 'OperationFailed', ResultReason: reasons[0] ?? 'InvalidMessage' };
  return say('rejected', {
    ResponseHeader: {
      ProtocolVersion: field(header, 'ProtocolVersion'),
      TimeStamp: Math.floor(nowMs / 1000),
      BatchCount: 1,
    },
    BatchItem: [item],
  });
}
