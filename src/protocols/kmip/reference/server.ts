import {
  isFields,
  itemsOf,
  serverSession,
  textAt,
  type Fields,
  type Request,
} from '#models/kmip/index.ts';
import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { contentOf, messageOf } from '../content.ts';
import { recall } from '../context.ts';
import { answer } from '../operations/message/answer.ts';
import { newServer, type ServerState } from '../operations/model/server.ts';
import { registryFor } from '../registry-for.ts';
import { tags } from '../registry/tags.ts';
import { request as requestOf } from '../contents.ts';
import { say } from '../say.ts';

/** What the server keeps: its objects. */
export interface ServerMemory {
  readonly server: ServerState;
}

/** What an answer of the server looks at. */
export type ServerScene = SideScene<ServerMemory>;
type Scene = ServerScene;

/** What the server says, by how the oldest request awaits its response. */
export const answers: Answers<ServerMemory> = {
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
  memory: () => ({ server: newServer() }),
  machine: serverSession,
};

/** Answers the oldest request. */
export function respond(scene: Scene): Deed | readonly Deed[] {
  const [request] = recall(scene.context).pending;
  return request === undefined ? [] : responseTo(request, scene);
}

/** The response that the engine gives, as what it says. */
export function responseTo({ content }: Request, scene: Scene): Deed {
  const fields = isFields(content) ? content : {};
  return telling(answerTo(fields, scene), fields);
}

/** What the engine answers to a request, both as fields. */
export function answerTo(request: Fields, { memory, random, nowMs }: Scene): Fields {
  const version = registryFor(request);
  const message = messageOf(tags.RequestMessage, request, version);
  const now = BigInt(Math.floor(nowMs / 1000));
  const response = answer(message, memory.server, { now, random });
  return response.type === 'Structure' ? contentOf(response, version) : {};
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
  const { fault, content } = request;
  const isRead = fault === 'item' || fault === 'header' || fault === 'version';
  if (isRead && content !== undefined) return responseTo(request, scene);
  const refusal = rejection(request);
  return fault === 'framing' ? [refusal, { do: 'close' }] : refusal;
}

function rejection({ reasons }: Request): Deed {
  const item = { ResultStatus: 'OperationFailed', ResultReason: reasons[0] ?? 'InvalidMessage' };
  const { RequestHeader } = requestOf([]);
  const version = isFields(RequestHeader) ? RequestHeader['ProtocolVersion'] : undefined;
  return say('rejected', {
    ResponseHeader: { ProtocolVersion: version, TimeStamp: 0, BatchCount: 1 },
    BatchItem: [item],
  });
}
