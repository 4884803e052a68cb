import type { JudgedFrame } from '#src/index.ts';
import { messageNamed } from './names.ts';
import type { QkdWorld } from './world.ts';

/** What stands under the tags of KMIP, by their names. */
export type Fields = Readonly<Record<string, unknown>>;

/** One item of a request: an operation, what it is about, what else is said. */
export interface Asked {
  readonly operation: string;
  /** In words; `undefined`: as the model would have it. */
  readonly object?: string | undefined;
  readonly more?: Fields;
}

/** Everything that stands under a tag. */
export function all(of: unknown, tag: string): readonly unknown[] {
  const found: unknown = Object.getOwnPropertyDescriptor(Object(of), tag)?.value;
  return found === undefined ? [] : [found].flat();
}

/** What stands at the end of a path of tags, the first of several. */
export function under(of: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, tag) => all(inner, tag)[0], of);
}

/** The items of a message. */
export function itemsOf(frame: JudgedFrame | undefined): readonly unknown[] {
  return all(frame?.perceived.payload['content'], 'BatchItem');
}

/** What was said last by a server, or by a client. */
export function lastOf({ frames, leads }: QkdWorld, side: 'server' | 'client') {
  const by = (side === 'client') === leads ? 'peer' : 'player';
  return frames.findLast((frame) => frame.by === by);
}

/** `Get Attributes` → `GetAttributes`, as messages have it. */
export function tagOf(name: string): string {
  return name.replaceAll(/[ -]/g, '');
}

/** A request of such items, in the version that we speak. */
export async function requestOf(world: QkdWorld, asked: readonly Asked[], header: Fields = {}) {
  const { player } = await world.playing();
  const usual = player.content('discoverVersions');
  const ProtocolVersion = under(usual, 'RequestHeader', 'ProtocolVersion');
  const BatchItem = asked.map(({ operation, object, more = {} }, index) => {
    const example = player.content(messageNamed(world.protocol, tagOf(operation)));
    const payload = Object(under(example, 'BatchItem', 'RequestPayload'));
    return {
      Operation: tagOf(operation),
      ...(asked.length > 1 ? { UniqueBatchItemID: `0${index + 1}` } : {}),
      RequestPayload: { ...payload, ...about(world, payload, object), ...more },
    };
  });
  const BatchCount = asked.length;
  return { RequestHeader: { ProtocolVersion, ...header, BatchCount }, BatchItem };
}

/** The message that a request of such items is. */
export function messageOf({ protocol }: QkdWorld, [first, ...others]: readonly Asked[]): string {
  if (first === undefined || others.length > 0) return 'batch';
  return messageNamed(protocol, tagOf(first.operation));
}

/** Identifiers, by the words for what they are of. */
export function identifierOf(world: QkdWorld, words: string): string {
  if (words === 'nobody') return 'nobody has this identifier';
  const made = madeIn(world);
  const found = {
    'the key': made.keys[0],
    'the first key': made.keys[0],
    'the second key': made.keys[1],
    'the private key': made.privateKeys[0],
    'the public key': made.publicKeys[0],
  };
  const id = new Map(Object.entries(found)).get(words);
  if (id === undefined) throw new Error(`${words} was not made yet`);
  return id;
}

function about(world: QkdWorld, payload: Fields, words: string | undefined): Fields {
  if (words === undefined || !('UniqueIdentifier' in payload)) return {};
  if (words === 'the ID Placeholder') return { UniqueIdentifier: undefined };
  return { UniqueIdentifier: identifierOf(world, words) };
}

/** What the server says that it has made, in its order. */
export function madeIn({ frames, leads }: QkdWorld) {
  const server = leads ? 'player' : 'peer';
  const results = frames.filter(({ by }) => by === server).flatMap(itemsOf);
  const done = results.filter((item) => under(item, 'ResultStatus') === 'Success');
  const ids = (operation: string, tag: string) =>
    done
      .filter((item) => under(item, 'Operation') === operation)
      .map((item) => String(under(item, 'ResponsePayload', tag)));
  return {
    keys: [...ids('Create', 'UniqueIdentifier'), ...ids('Register', 'UniqueIdentifier')],
    privateKeys: ids('CreateKeyPair', 'PrivateKeyUniqueIdentifier'),
    publicKeys: ids('CreateKeyPair', 'PublicKeyUniqueIdentifier'),
  };
}
