import { centralKmsModel } from '#models/central-kms/index.ts';
import { writePlace } from '#src/base/place.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { audits } from './audits.ts';
import { baseline } from './baseline.ts';
import { care } from './care.ts';
import { cases } from './cases/index.ts';
import type { CentralKmsBend } from './codec.ts';
import { compose } from './compose.ts';
import { contents } from './contents.ts';
import { messageNamed } from './context.ts';
import { describe } from './describe.ts';
import type { SocketFrame } from './frames.ts';
import { fuzzing } from './fuzzing.ts';
import { ledger } from './ledger.ts';
import { mutants } from './mutants/index.ts';
import { perceive } from './perceive.ts';
import { centralKms as kmsSide } from './reference/central-kms.ts';
import { sidecar } from './reference/sidecar.ts';
import { remarks } from './remarks.ts';
import { scripting } from './scripting.ts';
import { options, textOption } from './settings.ts';
import { SocketReader } from './socket-reader.ts';
import { secrets, tree } from './tree.ts';

export { isRegistered } from './reference/admin.ts';
export {
  ask,
  batchesOf,
  deskOf,
  healthcheckOf,
  inquiryOf,
  isComplete,
  type Asked,
  type FoundBatch,
} from './reference/operator.ts';
import { rewriting } from './rewriting.ts';
export { SocketReader, type SocketFrame };

/** The central KMS socket: JSON-RPC over WebSocket. */
export const centralKms: Protocol<SocketFrame, CentralKmsBend> = {
  name: 'central-kms',
  model: centralKmsModel,
  scheme: 'kms+ws',
  defaultPort: 8080,
  secure: true,
  peerUrl: ({ place, secure, options: chosen }) => {
    const path = textOption({ options: chosen }, 'path');
    return `${secure ? 'wss' : 'ws'}://${writePlace(place)}${path}`;
  },
  dialects: { 'central-kms/ws': 'JSON-RPC 2.0 in text messages of a WebSocket.' },
  defaultDialect: 'central-kms/ws',
  options,
  sessionInput: (settings) => ({ readings: settings.readings }),
  reader: () => new SocketReader(),
  perceive,
  compose,
  contents: (message, making) => contents(messageNamed(message), making),
  afterOmission: (context) => context,
  describe,
  tree,
  secrets,
  scripting,
  ledger,
  farewell: { sidecar: ['upgrade', 'closeFrame'] },
  fuzzing,
  rewriting,
  baseline,
  audits,
  ...care,
  remarks,
  sides: { 'central-kms': kmsSide, sidecar },
  cases,
  mutants,
};
