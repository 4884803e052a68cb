import { batches } from './batches.ts';
import { callsOfKms } from './calls-of-kms.ts';
import type { SocketCase } from './case.ts';
import { challenge } from './challenge.ts';
import { closing } from './closing.ts';
import { jsonRpc } from './json-rpc.ts';
import { registration } from './registration.ts';
import { sidecarAnswers } from './sidecar-answers.ts';
import { sidecarCalls } from './sidecar-calls.ts';
import { sidecarConduct } from './sidecar-conduct.ts';
import { sidecarBrokenFrames, sidecarFrames } from './sidecar-frames.ts';
import { sidecarOpening } from './sidecar-opening.ts';
import { upgrade } from './upgrade.ts';
import { brokenFrames, legalFrames } from './web-socket.ts';

/** The conformance suite of the central KMS socket, topic by topic. */
export const cases: readonly SocketCase[] = [
  ...upgrade,
  ...legalFrames,
  ...brokenFrames,
  ...registration,
  ...challenge,
  ...batches,
  ...jsonRpc,
  ...callsOfKms,
  ...closing,
  ...sidecarConduct,
  ...sidecarOpening,
  ...sidecarFrames,
  ...sidecarBrokenFrames,
  ...sidecarAnswers,
  ...sidecarCalls,
];
