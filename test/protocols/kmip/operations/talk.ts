import { seededRandom } from '#src/base/random.ts';
import { answer } from '#src/protocols/kmip/operations/message/answer.ts';
import * as items from '#src/protocols/kmip/operations/model/items.ts';
import { usualHabits, type Habits } from '#src/protocols/kmip/operations/model/habits.ts';
import {
  newServer,
  type ServerState,
  type Settings,
} from '#src/protocols/kmip/operations/model/server.ts';
import { enumerationName } from '#src/protocols/kmip/registry/enumeration-names.ts';
import { enumerations } from '#src/protocols/kmip/registry/enumerations.ts';
import { tags } from '#src/protocols/kmip/registry/tags.ts';
import type { Item, Structure, Version } from '#src/protocols/kmip/tree.ts';

/** Tests talk to the server in trees. */
export const now = 1_800_000_000n;

export type OperationName = keyof typeof enumerations.Operation;

/** A server with habits of its own; `at` moves its clock. */
export interface TestServer {
  readonly state: ServerState;
  ask(request: Item, at?: bigint): Item;
}

export function testServer(
  habits: Partial<Habits> = {},
  settings: Partial<Settings> = {},
): TestServer {
  const state = newServer({ ...settings, habits: { ...usualHabits, ...habits } });
  const random = seededRandom(1);
  return { state, ask: (request, at = now) => answer(request, state, { now: at, random }) };
}

/** One batch item: its operation, the parts of its payload, and parts before the payload. */
export function item(
  operation: OperationName,
  payload: readonly Item[],
  before: readonly Item[] = [],
): Structure {
  return items.structure(tags.BatchItem, [
    items.enumeration(tags.Operation, enumerations.Operation[operation]),
    ...before,
    items.structure(tags.RequestPayload, payload),
  ]);
}

/** A request message; `fields` go between version and batch count. */
export function message(
  version: string,
  batch: readonly Item[],
  { fields = [], count = batch.length }: { fields?: readonly Item[]; count?: number } = {},
): Structure {
  const [major, minor] = version.split('.').map(Number);
  return items.structure(tags.RequestMessage, [
    items.structure(tags.RequestHeader, [
      items.structure(tags.ProtocolVersion, [
        items.integer(tags.ProtocolVersionMajor, major ?? 0),
        items.integer(tags.ProtocolVersionMinor, minor ?? 0),
      ]),
      ...fields,
      items.integer(tags.BatchCount, count),
    ]),
    ...batch,
  ]);
}

export const uid = (identifier: string) => items.text(tags.UniqueIdentifier, identifier);

/** The attributes of an AES key for both directions. */
export function aesAttributes(extra: readonly Item[] = []): readonly Item[] {
  return [
    items.enumeration(tags.CryptographicAlgorithm, enumerations.CryptographicAlgorithm.AES),
    items.integer(tags.CryptographicLength, 128),
    items.integer(tags.CryptographicUsageMask, 0xc),
    ...extra,
  ];
}

/** The payload of Create for an AES key, as 2.x writes it. */
export function aesKey(extra: readonly Item[] = []): readonly Item[] {
  return [
    items.enumeration(tags.ObjectType, enumerations.ObjectType.SymmetricKey),
    items.structure(tags.Attributes, aesAttributes(extra)),
  ];
}

export function name(value: string): Item {
  return items.structure(tags.Name, [
    items.text(tags.NameValue, value),
    items.enumeration(tags.NameType, enumerations.NameType.UninterpretedTextString),
  ]);
}

/** What a response says of each item, in words: `Success`, `Undone`, or the reason of a failure. */
export function outcomes(response: Item, version: Version = '2.1'): readonly string[] {
  return items.all(response, tags.BatchItem).map((each) => outcomeOf(each, version));
}

function outcomeOf(each: Item, version: Version): string {
  const status = items.enumerationOf(each, tags.ResultStatus);
  const reason = items.enumerationOf(each, tags.ResultReason);
  if (status === enumerations.ResultStatus.Success) return reason === undefined ? 'Success' : '?';
  if (status === enumerations.ResultStatus.OperationUndone) return 'Undone';
  return enumerationName(tags.ResultReason, reason ?? -1, version) ?? `reason ${reason}`;
}

/** The response payload of an item. */
export function payloadOf(response: Item, index = 0): Item | undefined {
  const each = items.all(response, tags.BatchItem)[index];
  return items.part(each, tags.ResponsePayload);
}

export function identifierOf(response: Item, index = 0): string {
  return items.textOf(payloadOf(response, index), tags.UniqueIdentifier) ?? 'none';
}

/** Asks for one operation in a message of its own. */
export function ask(
  server: TestServer,
  operation: OperationName,
  payload: readonly Item[],
  { version = '2.1', at = now }: { version?: string; at?: bigint } = {},
): Item {
  return server.ask(message(version, [item(operation, payload)]), at);
}

/** Makes an AES key and names it. */
export function madeKey(server: TestServer, extra: readonly Item[] = []): string {
  return identifierOf(ask(server, 'Create', aesKey(extra)));
}
