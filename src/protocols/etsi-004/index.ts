import { etsi004Model, messages, type MessageName } from '#models/etsi-004/index.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { audits } from './audits.ts';
import { cases } from './cases/index.ts';
import type { Etsi004Bend } from './codec.ts';
import { compose } from './compose.ts';
import { contents } from './contents.ts';
import { describe } from './describe.ts';
import { fuzzing } from './fuzzing.ts';
import { HttpFrameReader, type HttpFrame } from './http-frames.ts';
import { ledger } from './ledger.ts';
import { mutants } from './mutants/index.ts';
import { perceive } from './perceive.ts';
import { kms } from './reference/kms.ts';
import { qkdDevice } from './reference/qkd-device.ts';
import { endsOf, layout, options } from './settings.ts';

/** ETSI GS QKD 004 in push mode. */
export const etsi004: Protocol<HttpFrame, Etsi004Bend> = {
  name: 'etsi-004',
  model: etsi004Model,
  scheme: 'etsi-004',
  defaultPort: 8004,
  dialects: { 'etsi-004/push-1.0.1': 'The push mode over HTTP/1.1, as its specification 1.0.1.' },
  defaultDialect: 'etsi-004/push-1.0.1',
  options,
  sessionInput: (settings) => ({ readings: settings.readings, ends: endsOf(settings) }),
  reader: () => new HttpFrameReader({ endings: true }),
  perceive,
  compose,
  contents: (message, making) => contents(nameOf(message), making),
  afterOmission: (context) => context,
  describe,
  ledger,
  bundle: layout,
  farewell: { kms: ['close', 'close', 'close', 'close', 'openConnect', 'close'] },
  fuzzing,
  audits,
  sides: { 'qkd-device': qkdDevice, kms },
  cases,
  mutants,
};

function nameOf(message: string): MessageName {
  if (!isName(message)) throw new TypeError(`'${message}' is no message of ETSI 004`);
  return message;
}

function isName(message: string): message is MessageName {
  return Object.hasOwn(messages, message);
}
