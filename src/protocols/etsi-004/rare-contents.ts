import { member, type MessageName } from '#models/etsi-004/index.ts';
import type { Making } from '#src/contract/protocol.ts';
import { contents, nextIndex, placed, push, type Placed } from './contents.ts';
import { conversationAt } from './context.ts';

type Contents = (making: Making) => readonly unknown[];

const largest = 2 ** 32 - 1;
const members = ['key_chunk_size', 'max_bps', 'min_bps', 'jitter', 'priority', 'timeout', 'ttl'];
/** No stream has it. */
const nobody = '7a6d1f3e-52c4-4b0e-9d1c-3f2e8b5a4c60';
const noMetadata = { size: 0, buffer: '' };

/** Every member of qos with the same value. */
const allOf = (value: unknown) => Object.fromEntries(members.map((name) => [name, value]));

/** Qualities that fit the schema: open, extreme, or contrary in themselves. */
const qualities: readonly unknown[] = [
  {},
  allOf(null),
  allOf(0),
  allOf(largest),
  { key_chunk_size: 1, max_bps: 256_000 },
  { key_chunk_size: 4096, max_bps: 4_000_000, min_bps: 1 },
  { key_chunk_size: largest, max_bps: 256_000 },
  { key_chunk_size: 32, max_bps: 1, min_bps: largest },
  { key_chunk_size: 32, max_bps: 256_000, ttl: 1, timeout: 0 },
  { key_chunk_size: 32, max_bps: 256_000, priority: largest, jitter: largest },
  { key_chunk_size: 32, max_bps: 256_000, extra: { deep: [[[{ a: null }]]] } },
];

/** Ids of streams that are over, of nobody, and of streams as other people write them. */
function strangeIds({ position }: Making): readonly string[] {
  const conversation = conversationAt(position);
  const known = placed(conversation);
  const closed = known
    .filter(({ at }) => at.stage === 'closed')
    .flatMap(({ stream }) => idOf(stream));
  const open = known.filter(({ at }) => at.stage === 'open').flatMap(({ stream }) => idOf(stream));
  const shouted = open.slice(0, 1).map((id) => id.toUpperCase());
  return [...new Set([...closed, ...conversation.gone.slice(-1), ...shouted, nobody])];
}

function idOf({ id }: Placed['stream']): readonly string[] {
  return id === null ? [] : [id];
}

/**
 * Contents that fit the schema and that honest peers hardly ever send: what is done with them is
 * for the model to say. By message; most have none.
 */
const rare: Partial<Readonly<Record<MessageName, Contents>>> = {
  openConnect: (making) => {
    const usual = contents('openConnect', making);
    const [first] = usual;
    const last = usual.at(-1);
    const changed = (change: object) => ({ ...Object(first), ...change });
    return [
      ...qualities.map((qos) => changed({ qos })),
      ...(last === first
        ? []
        : [
            { ...Object(last), qos: {} },
            { ...Object(last), qos: allOf(1) },
          ]),
      changed({ source: 'http://kms-ä.example/%C3%A4?q=1#x', destination: 'urn:x:y' }),
      changed({ source: `http://kms.example/${'p'.repeat(8000)}` }),
      changed({ unknown: 1, '': null }),
      ...strangeIds(making).map((id) => changed({ key_stream_id: id })),
    ];
  },
  getKey: (making) => {
    const [usual] = contents('getKey', making);
    const id = member(usual, 'key_stream_id');
    return [
      { key_stream_id: id },
      ...[1, 7, largest - 1, largest].map((index) => ({ key_stream_id: id, index })),
      { key_stream_id: id, metadata: { size: largest, buffer: 'é'.repeat(3000) } },
      { key_stream_id: id, metadata: noMetadata, unknown: [1e300, '\u0000'] },
      ...strangeIds(making).map((other) => ({ key_stream_id: other, metadata: noMetadata })),
    ];
  },
  close: (making) => [
    { ...Object(contents('close', making)[0]), unknown: {} },
    ...strangeIds(making).map((id) => ({ key_stream_id: id })),
  ],
  opened: (making) => {
    const [usual] = contents('opened', making);
    const given = [{}, allOf(null), { key_chunk_size: 1 }, { key_chunk_size: 1024, ttl: 1 }];
    return given.map((qos) => ({ ...Object(usual), qos }));
  },
  openRefused: () => [{ status: 4 }, { status: 6 }],
  getKeyRefused: () => [{ status: 2 }, { status: 4 }, { status: 6 }, { status: 8 }],
  closeRefused: () => [{ status: 4 }],
  keyAccepted: () => [{ status: 0 }, { status: 0, metadata: { size: 3, buffer: 'abc' } }],
  keyRefused: () => [{ status: 2 }, { status: 4 }, { status: 6 }, { status: 8 }],
  keyMaterial: (making) => {
    const served = placed(conversationAt(making.position)).filter(
      ({ at }) => at.stage === 'open' && at.started,
    );
    const [one] = served;
    if (one === undefined) return strangePushes(making);
    const next = nextIndex(one.at, making);
    const at = (index: number) => push(one.stream.id ?? nobody, index, one.at);
    const key = Object(at(next));
    const written = JSON.stringify({ key_stream_id: one.stream.id });
    return [
      ...[next + 1, next + 1000, next - 1, largest].map((index) => at(index % 2 ** 32)),
      { ...key, metadata: { size: written.length, buffer: written } },
      { ...key, metadata: { ...Object(member(key, 'metadata')), age: 1, hops: 0 } },
      { ...key, unknown: 'x'.repeat(5000) },
      { ...key, key_buffer: '', status: 2 },
      ...strangePushes(making),
    ].filter((content) => Number(member(content, 'index')) >= 0);
  },
};

/** Keys of streams that are over, or that there never were. */
function strangePushes(making: Making): readonly unknown[] {
  const [usual] = contents('keyMaterial', making);
  return strangeIds(making).map((id) => {
    const buffer = { key_stream_id: id };
    const size = JSON.stringify(buffer).length;
    return { ...Object(usual), metadata: { size, buffer } };
  });
}

/** The rare contents of a message, from none to a few. */
export function rareContents(message: MessageName, making: Making): readonly unknown[] {
  return rare[message]?.(making) ?? [];
}
