import { field, isFields, itemsOf, type Fields } from '#models/kmip/index.ts';
import type { Heard } from '#src/contract/case.ts';
import { inHeader } from '../altered.ts';
import { messageOf } from '../message-of.ts';
import type { KmipBend } from '../compose.ts';
import { recall } from '../context.ts';
import { request, type Asking } from '../contents.ts';
import type { KmipPlayer } from './case.ts';

/** Says one operation, and hears its response. */
export function ask(player: KmipPlayer, operation: string, payload: Fields, header: Fields = {}) {
  return askAll(player, [[operation, payload]], header);
}

/** Says a batch, and hears its response. */
export function askAll(player: KmipPlayer, items: readonly Asking[], header: Fields = {}) {
  return say(player, requestOf(player, items, header));
}

/** Says a request that is bent, and hears what is owed for it. */
export function bent(
  player: KmipPlayer,
  items: readonly Asking[],
  change: (request: Fields) => Fields,
) {
  return say(player, change(requestOf(player, items)));
}

/** Says a content as the message that it is most likely to be. */
export function say(player: KmipPlayer, content: Fields, frame?: KmipBend) {
  const bend = frame === undefined ? { content } : { content, frame };
  return player.say(messageOf(content), bend);
}

/** A request in the version that our client speaks, not said. */
export function requestOf(player: KmipPlayer, items: readonly Asking[], header: Fields = {}) {
  const usual = request(items, '2.1', header);
  const spoken = field(player.content('discoverVersions'), 'RequestHeader');
  const ProtocolVersion = field(spoken, 'ProtocolVersion');
  return inHeader((said) => ({ ...said, ProtocolVersion }))(usual);
}

/** What any server can answer. */
export const reading: Asking = ['Query', { QueryFunction: 'QueryOperations' }];

/** A request with which nothing is wrong, and that changes nothing. */
export function askGood(player: KmipPlayer) {
  return askAll(player, [reading]);
}

/** That the server lives: on this connection, where it is still there, and on another. */
export async function stillServes(player: KmipPlayer, heard: Heard | null): Promise<void> {
  if (heard?.kind === 'frame') await askGood(player);
  await player.reconnect();
  await askGood(player);
}

const aes = {
  CryptographicAlgorithm: 'AES',
  CryptographicLength: 256,
  CryptographicUsageMask: 'Encrypt|Decrypt',
};

/** The payload of Create for an AES key. */
export function aesKey(attributes: Fields = {}): Fields {
  return { ObjectType: 'SymmetricKey', Attributes: { ...aes, ...attributes } };
}

/** Makes a key, and gives its identifier; without one the case ends here. */
export function create(player: KmipPlayer, attributes: Fields = {}): Promise<string> {
  return made(player, ['Create', aesKey(attributes)]);
}

/** Makes an object, and gives its identifier; without one the case ends here. */
export async function made(player: KmipPlayer, [operation, payload]: Asking): Promise<string> {
  const before = idsOf(player);
  await ask(player, operation, payload);
  const fresh = () => idsOf(player).find((id) => !before.includes(id));
  if (fresh() === undefined) await player.walk('one.preActive');
  return fresh() ?? '';
}

/** Makes a key that may be used at once. */
export async function createActive(player: KmipPlayer, attributes: Fields = {}): Promise<string> {
  const id = await create(player, attributes);
  await ask(player, 'Activate', { UniqueIdentifier: id });
  return id;
}

/** The identifiers of the objects that the session knows. */
export function idsOf({ context }: KmipPlayer): readonly string[] {
  return recall(context).world.objects.map(({ id }) => id);
}

/** Asks for the state of an object: the model says which it must be. */
export function readState(player: KmipPlayer, id: string) {
  return ask(player, 'GetAttributes', { UniqueIdentifier: id, AttributeReference: 'State' });
}

/** The payload of the first item of a response. */
export function payloadIn(heard: Heard | null): Fields {
  if (heard?.kind !== 'frame') return {};
  const [item] = itemsOf(heard.perceived.payload['content']);
  const payload = field(item, 'ResponsePayload');
  return isFields(payload) ? payload : {};
}
