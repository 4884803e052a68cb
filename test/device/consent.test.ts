import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { openFuzzTarget } from '#src/fuzz/target.ts';
import { Walker } from '#src/fuzz/walker.ts';
import { protocols } from '#src/protocols/index.ts';
import { wardenOf } from '#src/suite/warden.ts';
import { reference } from '../fuzz/ground.ts';

const foreign = '4eb81a5c-031f-4d1f-881d-309bee44fc20';
const byChance = 'ffff001e-ff98-4ea8-b48d-6089c5152dee';
const version = { ProtocolVersionMajor: 2, ProtocolVersionMinor: 1 };

/** A KMIP request of these items. */
const request = (...items: readonly (readonly [operation: string, payload: object])[]) => ({
  RequestHeader: { ProtocolVersion: version, BatchCount: items.length },
  BatchItem: items.map(([Operation, RequestPayload]) => ({ Operation, RequestPayload })),
});
const about = (operation: string, more: object = {}, UniqueIdentifier = foreign) =>
  request([operation, { UniqueIdentifier, ...more }]);
const described = { NewAttribute: { Description: 'another' } };
const superseded = { RevocationReason: { RevocationReasonCode: 'Superseded' } };
const made = ['Create', { ObjectType: 'SymmetricKey', Attributes: {} }] as const;
const registration = (id: string) => ({
  ...{ jsonrpc: '2.0', id: '1', method: 'register' },
  params: { id, serviceName: 'payments' },
});

/** By room: what a target does not forget, what it is called where it is agreed to, and how it is said. */
const destructive: readonly (readonly [room: string, name: string, said: string, object])[] = [
  ['qosst', 'changeParameterRequest', 'changeParameterRequest', { parameter: 'a.b', value: 1 }],
  ['etsi-004', 'close', 'close', { key_stream_id: foreign }],
  ['central-kms', 'register', 'register', registration('4eb81a5c-031f-1d1f-881d-309bee44fc20')],
  ['kmip', 'destroy', 'destroy', about('Destroy')],
  ['kmip', 'revoke', 'revoke', about('Revoke', superseded)],
  ['kmip', 'activate', 'activate', about('Activate')],
  ['kmip', 'addAttribute', 'addAttribute', about('AddAttribute', described)],
  ['kmip', 'modifyAttribute', 'modifyAttribute', about('ModifyAttribute', described)],
  ['kmip', 'setAttribute', 'setAttribute', about('SetAttribute', described)],
  [
    ...(['kmip', 'deleteAttribute', 'deleteAttribute'] as const),
    about('DeleteAttribute', { AttributeReference: 'Description' }),
  ],
  ['kmip', 'otherRequest', 'otherRequest', about('Archive')],
  /** Behind others in a batch; of what a search has found. */
  ['kmip', 'destroy', 'batch', request(made, ['Destroy', { UniqueIdentifier: foreign }])],
  ['kmip', 'destroy', 'batch', request(['Locate', {}], ['Destroy', {}])],
];

/** What destroys nothing that is somebody's: it is said without consent. */
const harmless: readonly (readonly [room: string, said: string, object])[] = [
  ['central-kms', 'register', registration(byChance)],
  ['kmip', 'destroy', about('Destroy', {}, 'nobody-made-this')],
  ['kmip', 'batch', request(made, ['Destroy', {}])],
  ['kmip', 'otherRequest', about('Export')],
  ['kmip', 'get', about('Get')],
];

function roomOf(name: string): Protocol {
  const found = protocols.find((one) => one.name === name);
  if (found === undefined) throw new TypeError(`no room ${name}`);
  return found;
}

/** Says a message to the warden of a profile; why it is withheld, or `null`. */
function refusalOf(
  { room, said, content }: { room: string; said: string; content: object },
  care: { safe?: boolean; consent?: readonly string[] },
): string | null {
  const protocol = roomOf(room);
  const settings = settingsFor(protocol, {});
  const position = chartOf(protocol.model.session).initial(protocol.sessionInput(settings));
  const side = protocol.model.sides.find((name) => name !== protocol.model.server) ?? '';
  const making = { position, settings, random: seededRandom(0) };
  const { bytes } = protocol.compose({ message: said, content }, side, making);
  const reader = protocol.reader(settings);
  const before = room === 'central-kms' ? ['upgrade'] : [];
  for (const message of before) reader.push(protocol.compose({ message }, side, making).bytes);
  const frames = reader
    .push(bytes)
    .map((frame) => protocol.perceive(frame, side, position, settings));
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.flatMap(({ flaws }) => flaws.map(({ detail }) => detail))).toEqual([]);
  /** A profile with a budget has a warden, safe or not. */
  const careful = { ...reference(protocol.model.server), budget: { messages: 9 }, ...care };
  try {
    wardenOf(protocol, careful)?.sends(frames, position);
    return null;
  } catch (fault) {
    return fault instanceof Error ? `${fault.name}: ${fault.message}` : 'something else';
  }
}

describe('what destroys', () => {
  it('has a row here for each message that a room calls destructive', () => {
    const known = protocols.flatMap(({ name, destructive: rows = {} }) =>
      Object.keys(rows).map((message) => `${name} ${message}`),
    );
    const told = new Set(destructive.map(([room, name]) => `${room} ${name}`));
    expect([...told].toSorted()).toEqual(known.toSorted());
  });

  it.each(destructive)(
    'in %s, %s as %s, is said with consent only',
    (room, name, said, content) => {
      const message = { room, said, content };
      const others = Object.keys(roomOf(room).destructive ?? {}).filter((one) => one !== name);
      const withheld = new RegExp(`^PlayEnded: ${name} is destructive .* --consent ${name}$`);
      expect(refusalOf(message, { safe: true })).toMatch(withheld);
      expect(refusalOf(message, { safe: true, consent: others })).toMatch(withheld);
      expect(refusalOf(message, { safe: true, consent: [name] })).toBeNull();
      expect(refusalOf(message, { safe: false })).toBeNull();
    },
  );

  it.each(harmless)(
    'does not in %s where %s is about nothing of others: %j',
    (room, said, content) => {
      expect(refusalOf({ room, said, content }, { safe: true })).toBeNull();
    },
  );
});

describe('what a session made itself', () => {
  const say = (message: string) => ({ do: 'say', message, variant: 0 }) as const;
  const own = [
    ['etsi-004', 'openConnect', 'close'],
    ['kmip', 'create', 'destroy'],
    ['kmip', 'register', 'setAttribute'],
  ] as const;

  it.each(own)(
    'in %s by %s may be destroyed by %s without consent',
    async (room, make, destroy) => {
      const protocol = roomOf(room);
      const profile = {
        ...reference(protocol.model.server),
        ...{ name: room, protocol: room, dialect: protocol.defaultDialect, safe: true },
      };
      const { signal } = new AbortController();
      await using target = await openFuzzTarget({ protocol, profile, seed: 1, signal });
      const chance = { random: seededRandom(1), seed: 1 };
      await using alone = await Walker.open(target.arena, chance);
      expect(await alone.take(say(destroy))).toMatchObject({ heard: 'withheld' });
      await using walker = await Walker.open(target.arena, chance);
      expect(await walker.take(say(make))).toMatchObject({ kind: 'fine' });
      expect(await walker.take(say(destroy))).toMatchObject({ kind: 'fine' });
      const sent = walker.trace().events.filter(({ kind }) => kind === 'sent');
      expect(sent.length).toBeGreaterThan(1);
      expect(alone.trace().events.filter(({ kind }) => kind === 'sent')).toEqual([]);
    },
  );
});
