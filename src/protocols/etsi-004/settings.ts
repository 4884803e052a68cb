import Type from 'typebox';
import { readPlace, writePlace } from '#src/base/place.ts';
import type { BundleLayout, Found, Place } from '#src/contract/bundle.ts';
import type { Settings } from '#src/contract/settings.ts';

const place = (description: string) =>
  Type.Optional(
    Type.String({ pattern: '^(\\[[0-9a-fA-F:.]+\\]|[^\\s:/]+):\\d{1,5}$', description }),
  );
const url = (description: string) =>
  Type.Optional(Type.String({ pattern: '^https?://[^/]+$', description }));

/** What may stand under `options` in a profile of ETSI 004. */
export const options = Type.Object(
  {
    ends: Type.Optional(
      Type.Union([Type.Literal(1), Type.Literal(2)], {
        description:
          'Ends of the link in sight: 1 for a single device or KMS under test. Usually 2; 1 where a single address of a target is known.',
      }),
    ),
    peer: place('host:port at which end b of the link is called; that of end a without it.'),
    pushAt: place('host:port where pushes of end a are awaited; any port of loopback without it.'),
    peerPushAt: place('The same for end b; any port of the same host without it.'),
    kmsUrl: url('Where our QKD device sends the pushes of end a, and `source` in our calls.'),
    peerKmsUrl: url('The same for end b, and `destination`.'),
    awaitedAt: Type.Optional(
      Type.Object(
        { a: Type.String(), b: Type.String() },
        { description: 'The URLs where a run awaits pushes: it finds them out by itself.' },
      ),
    ),
    host: Type.Optional(Type.String({ description: 'The Host of our calls.' })),
    connections: Type.Optional(
      Type.Union([Type.Literal('fresh'), Type.Literal('kept')], {
        description: 'Whether each of our calls has a connection of its own, or all share one.',
      }),
    ),
    startIndex: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2 ** 32 - 1,
        description: 'Index of the first key that our QKD device pushes.',
      }),
    ),
    keys: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Keys at each end after which our KMS closes.' }),
    ),
    streams: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 2, description: 'Streams that our KMS opens at once.' }),
    ),
    qos: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.Integer(), Type.String(), Type.Null()]), {
        description: 'Members of qos that our KMS asks for instead of its usual ones.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** How many ends of the link there are to see. */
export function endsOf({ options }: Pick<Settings, 'options'>): 1 | 2 {
  return options['ends'] === 1 ? 1 : 2;
}

const loopback: Place = { host: '127.0.0.1', port: 0 };

/** Where the connections of a session lie. */
export function layout({ options }: Settings): BundleLayout {
  const pushAt = placeOf(options['pushAt']);
  const peerPushAt = placeOf(options['peerPushAt']);
  const pushTo = placeOfUrl(options['kmsUrl']);
  const peerPushTo = placeOfUrl(options['peerKmsUrl']);
  return {
    ends: endsOf({ options }),
    peer: placeOf(options['peer']),
    pushAt: pushAt === null ? [loopback, loopback] : [pushAt, peerPushAt ?? { ...pushAt, port: 0 }],
    pushTo: pushTo === null ? [] : listed(pushTo, peerPushTo),
  };
}

/** The options for a target, once it is known how it is reached. */
export function settled(options: Settings['options'], found: Found): Settings['options'] {
  const [a, b = a] = found.pushAt.map((at) => `http${found.secure ? 's' : ''}://${writePlace(at)}`);
  const isAlone = found.alone && options['ends'] === undefined;
  return {
    ...options,
    ...(isAlone ? { ends: 1 } : {}),
    ...(a === undefined ? {} : { awaitedAt: { a, b } }),
  };
}

/** The URIs in open-connect at an end: the source of a request is whoever makes it. */
export function endpoints(
  { options }: Settings,
  end: 'a' | 'b',
): { source: string; destination: string } {
  const at = (place: unknown) => (typeof place === 'string' ? `http://${place}` : null);
  const awaited = Object(options['awaitedAt']);
  const a = options['kmsUrl'] ?? awaited.a ?? at(options['pushAt']) ?? 'http://kms-1.net';
  const b = options['peerKmsUrl'] ?? awaited.b ?? at(options['peerPushAt']) ?? 'http://kms-2.net';
  const [source, destination] = end === 'a' ? [a, b] : [b, a];
  return { source: String(source), destination: String(destination) };
}

/** What stands in the Host of our calls. */
export function hostOf({ options }: Settings): string {
  return String(options['host'] ?? 'localhost');
}

/** Whether all our calls at one end share a connection. */
export function keepsConnections({ options }: Settings): boolean {
  return options['connections'] === 'kept';
}

/** A whole number among the options. */
export function numberOf(
  { options }: Settings,
  name: 'startIndex' | 'keys' | 'streams',
  usual: number,
) {
  const value = options[name];
  return typeof value === 'number' ? value : usual;
}

/** The members of qos that our KMS is to ask for. */
export function qosOf({ options }: Settings): object {
  const { qos } = options;
  return typeof qos === 'object' && qos !== null ? qos : {};
}

function listed(first: Place, second: Place | null): readonly Place[] {
  return second === null ? [first] : [first, second];
}

function placeOf(text: unknown): Place | null {
  return typeof text === 'string' ? readPlace(text) : null;
}

/** Where the server of a URI is; `null` where it names none. */
export function placeOfUrl(text: unknown): Place | null {
  if (typeof text !== 'string' || !URL.canParse(text)) return null;
  const { protocol, hostname, port } = new URL(text);
  const usual = protocol === 'https:' ? 443 : 80;
  if (!/^https?:$/.test(protocol) || hostname === '') return null;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: port === '' ? usual : Number(port) };
}
