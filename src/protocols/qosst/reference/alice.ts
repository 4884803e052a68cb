import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { generatedTransmitter } from '#src/optics/generated.ts';
import type { Transmitter } from '#src/optics/front-end.ts';
import { recall } from '../context.ts';
import { frameSymbols, version } from '../settings.ts';
import { changeParameter, newParameters, type Parameters } from './parameters.ts';
import { member, numbers, say } from '../say.ts';

/** What Alice alone keeps for one session. */
export interface AliceMemory {
  readonly serialNumber: string;
  readonly version: string;
  readonly transmitter: Transmitter;
  readonly parameters: Parameters;
}

const explained = (text: string) => ({ error_message: text });

/** What Alice answers, by the state in which she owes an answer. */
export const answers = {
  'identification.answering': ({ memory }) =>
    say('identificationResponse', { serial_number: memory.serialNumber }),
  'identification.refusing': ({ memory }) =>
    say('invalidQosstVersion', { qosst_version: memory.version }),

  'initialization.answering': () => say('initializationAccepted'),
  'initialization.configuring': ({ memory }) =>
    say('initializationConfig', { config: memory.parameters.all() }),

  'quantumInformationExchange.preparing': async ({ context, memory }) =>
    (await memory.transmitter.prepare(recall(context).frameUuid ?? '')) === 'ready'
      ? say('qieReady')
      : say('abort', { abort_message: 'The sequence is beyond the range of the DAC.' }),
  'quantumInformationExchange.refusing': ({ context }) => refused(context, 'Another frame.'),
  'parameterEstimation.refusingExchange': ({ context }) => refused(context, 'Another frame.'),
  'parameterEstimation.refusingExchangeAfterDenial': ({ context }) =>
    refused(context, 'Another frame.'),
  'errorCorrection.refusingExchange': ({ context }) => refused(context, 'Another frame.'),
  'quantumInformationExchange.triggering': async ({ memory }) => {
    await memory.transmitter.emit();
    return say('qieEmissionStarted');
  },
  'quantumInformationExchange.ending': async ({ memory }) => {
    await memory.transmitter.stop();
    return say('qieEnded');
  },

  'parameterEstimation.answeringSymbols': symbols,
  'parameterEstimation.answeringIndices': symbols,
  'parameterEstimation.refusingIndices': symbols,
  'parameterEstimation.answeringPhotonNumber': ({ memory }) =>
    say('peNphotonResponse', { n_photon: memory.transmitter.photonNumberMean }),
  'parameterEstimation.judging': () => say('peApproved'),
  'parameterEstimation.denying': () => say('peDenied', { deny_message: 'Key rate is null.' }),

  'errorCorrection.answering': ({ context }) =>
    isMatrix(member(recall(context).asked.content, 'matrix'))
      ? say('ecReady')
      : say('ecDenied', explained('Matrix is not valid.')),
  'errorCorrection.answeringBlock': ({ context }) =>
    numbers(member(recall(context).asked.content, 'syndrome')).length > 0
      ? say('ecBlockAck')
      : say('ecBlockError', explained('Wrong syndrome length.')),
  'errorCorrection.answeringRemaining': () => say('ecRemainingAck'),
  'errorCorrection.verifying': () => say('ecVerificationSuccess'),

  'privacyAmplification.answering': ({ context }) => {
    const { content } = recall(context).asked;
    const polynomial = numbers(member(content, 'feedback_polynomial'));
    return polynomial.length === member(content, 'subblock_length')
      ? say('paSuccess')
      : say('paError', explained('Invalid value for the feedback polynomial.'));
  },

  'endOfFrame.acknowledging': ({ context }) =>
    say('frameEndedAck', { frame_uuid: recall(context).frameUuid }),
  'endOfFrame.refusing': ({ context }) => refused(context, 'Another frame.'),

  'parameterChange.answering': ({ context, memory }) =>
    changeParameter(memory.parameters, recall(context).asked.content),

  'polarisationRecovery.starting': async ({ memory }) => {
    await memory.transmitter.shine(true);
    return say('polarisationRecoveryAck');
  },
  'polarisationRecovery.stopping': async ({ memory }) => {
    await memory.transmitter.shine(false);
    return say('polarisationRecoveryEnded');
  },

  'abort.acknowledging': () => say('abortAck'),
  'stranded.aborting': () => say('abortAck'),
  'complaint.acknowledging': () => say('invalidResponseAck'),
  'stranded.complaining': () => say('invalidResponseAck'),
  'disconnection.complaining': () => say('invalidResponseAck'),
  'disconnection.acknowledging': () => say('disconnectionAck'),

  'refusal.malformed': ({ context }) => refused(context, 'The frame could not be read.'),
  'refusal.lost': () => [
    say('invalidContent', explained('The frame is too long.')),
    { do: 'close' },
  ],
  'refusal.unauthentic': () => say('authenticationInvalid'),
  'refusal.unknown': ({ context }) =>
    say('unknownCommand', { code: recall(context).asked.code ?? null }),
  'refusal.misplaced': ({ context }) =>
    say('unexpectedCommand', {
      code: recall(context).asked.code ?? null,
      error_message: 'This makes no sense now.',
    }),
  'refusal.unfit': ({ context }) => refused(context, 'The content is not valid.'),
} satisfies Answers<AliceMemory>;

/** Reference Alice: strict, never stops, forgets a session when its connection ends. */
export const alice: SideRecord<AliceMemory> = {
  answers,
  memory: (random, settings) => ({
    serialNumber: String(settings.options['serialNumber'] ?? 'QOSST/0001'),
    version: version(settings),
    transmitter: generatedTransmitter(random.fork('transmitter'), frameSymbols(settings) ?? 2000),
    parameters: newParameters(),
  }),
};

function symbols({ context, memory }: SideScene<AliceMemory>): Deed {
  const indices = numbers(member(recall(context).asked.content, 'indices'));
  const found = memory.transmitter.symbolsAt(indices);
  if (found !== null) {
    return say('peSymbolsResponse', { symbols_real: found.real, symbols_imag: found.imag });
  }
  const size = memory.transmitter.frameSymbols;
  return say('peSymbolsError', explained(`An index is out of bound for ${size} symbols.`));
}

/** 12 with the code it is about, where that could be read. */
function refused(context: unknown, why: string): ReturnType<typeof say> {
  const { code } = recall(context).asked;
  return say('invalidContent', code === undefined ? explained(why) : { code, ...explained(why) });
}

function isMatrix(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  const widths = new Set(value.map((row) => (Array.isArray(row) ? row.length : 0)));
  return widths.size === 1 && !widths.has(0);
}
