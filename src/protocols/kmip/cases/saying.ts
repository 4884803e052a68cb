import { keyOf, messages, type Fields, type MessageName } from '#models/kmip/index.ts';
import { request, type Asking } from '../contents.ts';
import { recall } from '../context.ts';
import type { KmipPlayer } from './case.ts';

/** Says one operation, and hears its response. */
export function ask(player: KmipPlayer, operation: string, payload: Fields, header: Fields = {}) {
  const message = keyOf(operation) ?? 'otherRequest';
  return player.say(message, { content: request([[operation, payload]], '2.1', header) });
}

/** Says a batch, and hears its response. */
export function askAll(player: KmipPlayer, items: readonly Asking[], header: Fields = {}) {
  return player.say('batch', { content: request(items, '2.1', header) });
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

/** Makes a key, and gives its identifier; `''` where that did not work. */
export async function create(player: KmipPlayer, attributes: Fields = {}): Promise<string> {
  const before = idsOf(player);
  await ask(player, 'Create', aesKey(attributes));
  return idsOf(player).find((id) => !before.includes(id)) ?? '';
}

/** The identifiers of the objects that the session knows. */
export function idsOf({ context }: KmipPlayer): readonly string[] {
  return recall(context).world.objects.map(({ id }) => id);
}

/** Asks for the state of an object: the model says which it must be. */
export function readState(player: KmipPlayer, id: string) {
  return ask(player, 'GetAttributes', { UniqueIdentifier: id, AttributeReference: 'State' });
}

/** The canonical content of a message. */
export function exampleOf(message: MessageName): Fields {
  return messages[message].example;
}
