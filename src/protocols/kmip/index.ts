import { kmipModel } from '#models/kmip/index.ts';
import { writePlace } from '#src/base/place.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { audits } from './audits/index.ts';
import { barePath } from './bare.ts';
import { baseline } from './baseline.ts';
import { care } from './care.ts';
import { cases } from './cases/index.ts';
import { compose, readerOf, type KmipBend } from './compose.ts';
import { contents } from './contents.ts';
import { messageNamed, recall } from './context.ts';
import { describe } from './describe.ts';
import type { KmipFrame } from './frames.ts';
import { frameTree } from './frame-tree.ts';
import { fuzzing } from './fuzzing.ts';
import { lastResponseSeen } from './last-response.ts';
import { ledger } from './ledger.ts';
import { perceive } from './perceive.ts';
import { client } from './reference/client.ts';
import { server } from './reference/server.ts';
import { rewriting } from './rewriting.ts';
import { mutants } from './mutants/index.ts';
import { scripting } from './scripting.ts';
import { secrets } from './secrets.ts';
import { options } from './settings.ts';
import { wireOf, wires, type Wire } from './wires.ts';
import { vectorCases } from './vectors/cases.ts';

/** JSON is what most servers speak there. */
const overHttp: readonly string[] = dialectsWhere(({ over }) => over === 'http');

const bare: readonly string[] = dialectsWhere((wire) => wire.bare === true);

function dialectsWhere(holds: (wire: Wire) => boolean): readonly string[] {
  return Object.entries<Wire>(wires).flatMap(([name, wire]) => (holds(wire) ? name : []));
}

const paths = { [barePath]: bare };

/** KMIP: messages and batches. */
export const kmip: Protocol<KmipFrame, KmipBend> = {
  name: 'kmip',
  model: kmipModel,
  scheme: 'kmip',
  defaultPort: 5696,
  secure: true,
  schemes: {
    kmip: { secure: true, dialects: ['kmip/ttlv'] },
    'kmip+tcp': { dialects: ['kmip/ttlv'] },
    'kmip+http': { dialects: overHttp, path: '/kmip', paths },
    'kmip+https': { secure: true, dialects: overHttp, path: '/kmip', paths },
  },
  peerUrl: ({ place, secure, dialect }) => {
    const isHttp = overHttp.includes(dialect);
    const path = bare.includes(dialect) ? barePath : '/kmip';
    if (isHttp) return `http${secure ? 's' : ''}://${writePlace(place)}${path}`;
    return `${secure ? 'kmip' : 'kmip+tcp'}://${writePlace(place)}`;
  },
  oldestTls: 'TLSv1.2',
  dialects: {
    'kmip/ttlv': 'Binary TTLV over TCP or TLS.',
    'kmip/json': 'JSON as OASIS writes it, over HTTP.',
    'kmip/json-cosmian-5': 'JSON as Cosmian KMS 5 writes it, over HTTP.',
    'kmip/json-cosmian-4': 'JSON as Cosmian KMS 4 wrote it, over HTTP.',
    'kmip/json-cosmian-page': "JSON as the document's page has it, over HTTP.",
    'kmip/bare': 'Operations in JSON posted to /kmip/2_1 without a message around them.',
    'kmip/bare-cosmian-5': 'The same as Cosmian KMS 5 writes JSON.',
    'kmip/bare-cosmian-4': 'The same as Cosmian KMS 4 and its clients wrote JSON.',
    'kmip/xml': 'XML over HTTP.',
    'kmip/http': 'Binary TTLV over HTTP.',
  },
  defaultDialect: 'kmip/ttlv',
  options,
  sessionInput: (settings) => ({ readings: settings.readings }),
  reader: readerOf,
  leaving: (settings) => (wireOf(settings).over === 'http' ? lastResponseSeen() : null),
  perceive,
  compose,
  contents: (message, making) => contents(messageNamed(message), making),
  afterOmission: (context) => context,
  /** Nobody can tell how long a message is whose beginning cannot be read. */
  mayWait: (context) => recall(context).pending[0]?.fault === 'framing',
  describe,
  tree: frameTree,
  secrets,
  scripting,
  ledger,
  farewell: { client: ['discoverVersions'] },
  fuzzing,
  rewriting,
  baseline,
  audits,
  ...care,
  sides: { server, client },
  cases,
  mutants,
  vectors: { extension: 'xml', cases: vectorCases },
};
