import { etsi004Model } from '#models/etsi-004/index.ts';
import { writePlace } from '#src/base/place.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { audits } from './audits.ts';
import { baseline } from './baseline.ts';
import { care } from './care.ts';
import { cases } from './cases/index.ts';
import type { Etsi004Bend } from './codec.ts';
import { compose, contentsFor, messageName } from './compose.ts';
import { mayWait } from './context.ts';
import { describe } from './describe.ts';
import { describeService } from './framing/describe.ts';
import { framingDialects, framingRules } from './framing/dialect.ts';
import { perceiveService } from './framing/perceive.ts';
import { serviceReader, type ServiceFrame } from './framing/reader.ts';
import { serviceSecrets, serviceTree } from './framing/tree.ts';
import { fuzzing } from './fuzzing.ts';
import { HttpFrameReader, type HttpFrame } from './http-frames.ts';
import { ledger } from './ledger.ts';
import { mutants } from './mutants/index.ts';
import { perceive } from './perceive.ts';
import { kms } from './reference/kms.ts';
import { qkdDevice } from './reference/qkd-device.ts';
import { rewriting } from './rewriting.ts';
import { scripting } from './scripting.ts';
import { leaves, sessionOf } from './sessions.ts';
import { endsOf, layout, options, settled } from './settings.ts';
import { secrets, tree } from './tree.ts';

export { HttpFrameReader, type HttpFrame };

/** A frame of whichever dialect is spoken. */
export type Etsi004Frame = HttpFrame | ServiceFrame;

function isService(frame: Etsi004Frame): frame is ServiceFrame {
  return 'service' in frame;
}

const seen: Protocol<Etsi004Frame>['perceive'] = (frame, ...at) =>
  isService(frame) ? perceiveService(frame, ...at) : perceive(frame, ...at);

/** ETSI GS QKD 004, in push mode over HTTP or with keys pulled in frames over TCP. */
export const etsi004: Protocol<Etsi004Frame, Etsi004Bend> = {
  name: 'etsi-004',
  model: etsi004Model,
  scheme: 'etsi-004',
  secure: true,
  peerUrl: ({ place, secure }) => `${secure ? 'https' : 'http'}://${writePlace(place)}`,
  defaultPort: 8004,
  dialects: {
    'etsi-004/push-1.0.1': 'The push mode over HTTP/1.1, as its specification 1.0.1.',
    ...framingDialects,
  },
  defaultDialect: 'etsi-004/push-1.0.1',
  options,
  sessionInput: (settings) => ({
    readings: settings.readings,
    ends: endsOf(settings),
    delivery: framingRules(settings) === null ? 'push' : 'pull',
  }),
  reader(settings) {
    const rules = framingRules(settings);
    return rules === null ? new HttpFrameReader({ endings: true }) : serviceReader(rules);
  },
  perceive: seen,
  compose,
  contents: (message, making) => contentsFor(messageName(message), making),
  afterOmission: (context) => context,
  describe: (frame) => (isService(frame) ? describeService(frame) : describe(frame)),
  tree: (frame) => (isService(frame) ? serviceTree(frame) : tree(frame)),
  secrets: (frame) => (isService(frame) ? serviceSecrets(frame) : secrets(frame)),
  scripting,
  ledger,
  bundle: layout,
  settled,
  absent: (settings) => (endsOf(settings) === 1 ? ['oneB', 'twoB'] : []),
  sessionOf: (frame, positions, settings) =>
    sessionOf(
      positions.map((position) => ({
        position,
        perceived: seen(frame, 'kms', position, settings),
      })),
    ),
  mayWait,
  leaves,
  farewell: { kms: ['close', 'close', 'close', 'close', 'openConnect', 'close'] },
  parting: { kms: ['close', 'close', 'close', 'close'] },
  fuzzing,
  rewriting,
  baseline,
  audits,
  ...care,
  sides: { 'qkd-device': qkdDevice, kms },
  cases,
  mutants,
};
