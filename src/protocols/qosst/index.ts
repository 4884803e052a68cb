import { qosstModel, type MessageName } from '#models/qosst/index.ts';
import { cases } from './cases/index.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { audits } from './audits.ts';
import { baseline } from './baseline.ts';
import { care } from './care.ts';
import { FrameReader } from './codec/reader.ts';
import { compose, type QosstBend } from './compose.ts';
import { contents } from './contents.ts';
import { recall } from './context.ts';
import { describe } from './describe.ts';
import { fuzzing } from './fuzzing.ts';
import type { ReadFrame } from './frame.ts';
import { ledger } from './ledger.ts';
import { mutants } from './mutants/index.ts';
import { perceive } from './perceive.ts';
import { alice } from './reference/alice.ts';
import { bob } from './reference/bob.ts';
import { rewriting } from './rewriting.ts';
import { sendsSymbols } from './optics.ts';
import { scripting } from './scripting.ts';
import { frameSymbols, jsonHabits, lengthOrder, options, version } from './settings.ts';
import { tree } from './tree.ts';

/** The QOSST control protocol. */
export const qosst: Protocol<ReadFrame, QosstBend> = {
  name: 'qosst',
  model: qosstModel,
  scheme: 'qosst',
  defaultPort: 8181,
  dialects: {
    'qosst/0.2': 'As every released implementation sends it: the header length first.',
    'qosst/0.1-prose': 'As the specification has it: the digest length first.',
  },
  defaultDialect: 'qosst/0.2',
  options,
  implies: (told) =>
    sendsSymbols(told) ? { correctionMembers: 'open', amplificationMembers: 'open' } : {},
  staged: (seed) => ({ optics: 'simulated', opticsSeed: seed % 2 ** 31 }),
  sessionInput: (settings) => ({
    readings: settings.readings,
    version: version(settings),
    frameSymbols: frameSymbols(settings),
  }),
  reader: (settings) =>
    new FrameReader({ lengthOrder: lengthOrder(settings), ...jsonHabits(settings) }),
  perceive,
  compose,
  contents: (message, making) => contents(nameOf(message), making),
  afterOmission: (context) => ({
    ...recall(context),
    challengeFor: { alice: undefined, bob: undefined },
  }),
  describe,
  tree,
  spoken: { alice: 'Alice', bob: 'Bob' },
  scripting,
  ledger,
  farewell: { bob: ['identificationRequest', 'disconnection'] },
  fuzzing,
  rewriting,
  baseline,
  audits,
  ...care,
  sides: { alice, bob },
  cases,
  mutants,
};

function nameOf(message: string): MessageName {
  if (!isName(message)) throw new TypeError(`'${message}' is no message of QOSST`);
  return message;
}

function isName(message: string): message is MessageName {
  return Object.hasOwn(qosstModel.messages, message);
}
