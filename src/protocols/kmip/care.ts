import { all, field, itemsOf, keyOf, textAt, type Conversation } from '#models/kmip/index.ts';
import type { Perceived } from '#src/contract/frame.ts';
import { contentOf } from './content.ts';
import { recall } from './context.ts';
import type { KmipFrame } from './frames.ts';
import { versionOfTree } from './tree-version.ts';

const others = 'that its session did not make';

/** Messages that change objects, and what that means where the session did not make them. */
const destructive = {
  destroy: `it destroys an object ${others}`,
  revoke: `it revokes an object ${others}`,
  activate: `it activates an object ${others}`,
  addAttribute: `it changes an object ${others}`,
  modifyAttribute: `it changes an object ${others}`,
  setAttribute: `it changes an object ${others}`,
  deleteAttribute: `it changes an object ${others}`,
  otherRequest: 'such an operation may archive, replace or release what others use',
} as const;

/** Identifiers that our cases make up so that no object has them. */
const nobodys = /^nobody\b/;

/** Keys that stay with a server, by what makes them. */
const made: Readonly<Record<string, number>> = { create: 1, createKeyPair: 2, register: 1 };

/** Operations that are not followed, and that leave everything as it is. */
const harmless: readonly (string | null)[] = [
  'Ping',
  'Poll',
  'Cancel',
  'Export',
  'Validate',
  'GetConstraints',
  'GetUsageAllocation',
  'ObtainLease',
  'QueryAsynchronousRequests',
  'RNGSeed',
];

/** What our side must be careful with on a real server. */
export const care = {
  destructive,
  says: (perceived: Perceived) => [...new Set([perceived.message ?? [], asked(perceived)].flat())],
  destroys,
  /** What is made stays: Get takes nothing away. */
  keysOf: (perceived: Perceived) =>
    asked(perceived).reduce((sum, name) => sum + (made[name] ?? 0), 0),
  inquiries: { client: ['discoverVersions', 'query'] },
  declares,
  momentOf,
};

/** Our names for what the items of a request ask for; of a response none. */
function asked({ payload }: Perceived): readonly string[] {
  return itemsOf(payload['content'])
    .filter((item) => field(item, 'RequestPayload') !== undefined)
    .map((item) => keyOf(textAt(item, 'Operation')) ?? 'otherRequest');
}

/** What a request does to objects that its session did not make. */
function destroys({ payload }: Perceived, context: unknown): readonly string[] {
  const conversation = recall(context);
  /** Whether what the ID Placeholder holds is ours; nothing at first. */
  let isOurs = true;
  const done = new Set<string>();
  for (const item of itemsOf(payload['content'])) {
    const operation = textAt(item, 'Operation');
    const name = keyOf(operation) ?? 'otherRequest';
    if (made[name] !== undefined) isOurs = true;
    if (name === 'locate') isOurs = false;
    if (!Object.hasOwn(destructive, name) || harmless.includes(operation)) continue;
    const id = field(field(item, 'RequestPayload'), 'UniqueIdentifier');
    const isOwn = typeof id === 'string' ? isMade(conversation, id) : isOurs;
    if (!isOwn || name === 'otherRequest') done.add(name);
  }
  return [...done];
}

/** Whether an object is one that the session made, or none. */
function isMade({ world }: Conversation, id: string): boolean {
  if (nobodys.test(id)) return true;
  return world.objects.some((object) => object.id === id && !object.isForeign);
}

/** What the payloads of a response list. */
function declares({ payload }: Perceived): Readonly<Record<string, string>> {
  const payloads = itemsOf(payload['content']).map((item) => field(item, 'ResponsePayload'));
  const listed = (name: string) => payloads.flatMap((one) => all(one, name));
  const versions = listed('ProtocolVersion').map(
    (one) =>
      `${String(field(one, 'ProtocolVersionMajor'))}.${String(field(one, 'ProtocolVersionMinor'))}`,
  );
  const lists = {
    versions,
    operations: listed('Operation').map(String),
    'types of object': listed('ObjectType').map(String),
    'its vendor': listed('VendorIdentification').map(String),
  };
  const named = Object.entries(lists).filter(([, list]) => list.length > 0);
  return Object.fromEntries(named.map(([name, list]) => [name, list.join(', ')]));
}

function momentOf({ tree: { item } }: KmipFrame): number | null {
  if (item === null || item.type !== 'Structure') return null;
  const content = contentOf(item, versionOfTree(item) ?? '2.1');
  const seconds = field(field(content, 'ResponseHeader'), 'TimeStamp');
  return typeof seconds === 'number' || typeof seconds === 'bigint' ? Number(seconds) * 1000 : null;
}
