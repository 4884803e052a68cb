import Type from 'typebox';
import type { BundleLayout, Place } from '#src/contract/bundle.ts';
import type { Settings } from '#src/contract/settings.ts';

const place = (description: string) =>
  Type.Optional(
    Type.String({ pattern: '^(\\[[0-9a-fA-F:.]+\\]|[^\\s:/]+):\\d{1,5}$', description }),
  );
const url = (description: string) =>
  Type.Optional(Type.String({ pattern: '^http://[^/]+$', description }));

/** What may stand under `options` in a profile of ETSI 004. */
export const options = Type.Object(
  {
    ends: Type.Optional(
      Type.Union([Type.Literal(1), Type.Literal(2)], {
        description: 'Ends of the link in sight: 1 for a single device or KMS under test.',
      }),
    ),
    peer: place('host:port at which end b of the link is called; that of end a without it.'),
    pushAt: place('host:port where pushes of end a are awaited; any port of loopback without it.'),
    peerPushAt: place('The same for end b; without it: as for end a where that is given.'),
    kmsUrl: url('Where our QKD device sends the pushes of end a, and `source` in our calls.'),
    peerKmsUrl: url('The same for end b, and `destination`.'),
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
    pushAt: pushAt === null ? [loopback, loopback] : listed(pushAt, peerPushAt),
    pushTo: pushTo === null ? [] : listed(pushTo, peerPushTo),
  };
}

/** The URIs of the two KMSs, as open-connect names them. */
export function endpoints({ options }: Settings): { source: string; destination: string } {
  const at = (place: unknown) => (typeof place === 'string' ? `http://${place}` : null);
  return {
    source: String(options['kmsUrl'] ?? at(options['pushAt']) ?? 'http://kms-1.net'),
    destination: String(options['peerKmsUrl'] ?? at(options['peerPushAt']) ?? 'http://kms-2.net'),
  };
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
export function numberOf({ options }: Settings, name: 'startIndex' | 'keys', usual: number) {
  const value = options[name];
  return typeof value === 'number' ? value : usual;
}

function listed(first: Place, second: Place | null): readonly Place[] {
  return second === null ? [first] : [first, second];
}

function placeOf(text: unknown): Place | null {
  const [, bracketed, host, port] =
    /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(typeof text === 'string' ? text : '') ?? [];
  const name = bracketed ?? host;
  return name === undefined ? null : { host: name, port: Number(port) };
}

function placeOfUrl(text: unknown): Place | null {
  if (typeof text !== 'string') return null;
  const authority = text.replace(/^http:\/\//, '');
  return placeOf(/:\d+$/.test(authority) ? authority : `${authority}:80`);
}
