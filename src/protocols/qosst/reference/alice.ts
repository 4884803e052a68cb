import type { MessageName } from '#models/qosst/index.ts';
import type { Random } from '#src/base/random.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import { generatedTransmitter } from '#src/optics/generated.ts';
import type { Transmitter } from '#src/optics/front-end.ts';
import { simulatedTransmitter } from '#src/optics/simulated.ts';
import { recall } from '../context.ts';
import { AliceDistiller } from '../distillation/alice.ts';
import { keyAccount } from '../distillation/key-account.ts';
import { opticsOf } from '../optics.ts';
import { aliceShows } from '../pictures/alice.ts';
import { frameSymbols, version } from '../settings.ts';
import { changeParameter, newParameters, type Parameters } from './parameters.ts';
import { member, numbers, say } from '../say.ts';

/** What Alice alone keeps for one session. */
export interface AliceMemory {
  readonly serialNumber: string;
  readonly version: string;
  readonly transmitter: Transmitter;
  /** Makes keys of simulated light; without it distillation is answered, but not done. */
  readonly distiller: AliceDistiller | null;
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

  'quantumInformationExchange.preparing': async ({ context, memory }) => {
    memory.distiller?.beginFrame();
    return (await memory.transmitter.prepare(recall(context).frameUuid ?? '')) === 'ready'
      ? say('qieReady')
      : say('abort', { abort_message: 'The sequence is beyond the range of the DAC.' });
  },
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

  'errorCorrection.answering': ({ context, memory }) => {
    const { content } = recall(context).asked;
    if (memory.distiller !== null) {
      return told('ecReady', 'ecDenied', memory.distiller.initialize(content));
    }
    const isFine = isMatrix(member(content, 'matrix'));
    return told('ecReady', 'ecDenied', isFine ? null : 'Matrix is not valid.');
  },
  'errorCorrection.answeringBlock': ({ context, memory }) => {
    const { content } = recall(context).asked;
    if (memory.distiller !== null) {
      return told('ecBlockAck', 'ecBlockError', memory.distiller.correct(content));
    }
    const isFine = numbers(member(content, 'syndrome')).length > 0;
    return told('ecBlockAck', 'ecBlockError', isFine ? null : 'Wrong syndrome length.');
  },
  'errorCorrection.answeringRemaining': ({ context, memory }) =>
    told(
      'ecRemainingAck',
      'ecRemainingError',
      memory.distiller?.finish(recall(context).asked.content) ?? null,
    ),
  'errorCorrection.verifying': ({ context, memory }) =>
    told(
      'ecVerificationSuccess',
      'ecVerificationFail',
      memory.distiller?.verify(recall(context).asked.content) ?? null,
    ),

  'privacyAmplification.answering': ({ context, memory }) => {
    const { content } = recall(context).asked;
    if (memory.distiller !== null) {
      return told('paSuccess', 'paError', memory.distiller.amplify(content));
    }
    const polynomial = numbers(member(content, 'feedback_polynomial'));
    const isFine = polynomial.length === member(content, 'subblock_length');
    return told(
      'paSuccess',
      'paError',
      isFine ? null : 'Invalid value for the feedback polynomial.',
    );
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
    ...hardware(random, settings),
    parameters: newParameters(),
  }),
  account: ({ distiller }) => keyAccount(distiller?.keys ?? []),
  shows: ({ distiller }) => aliceShows(distiller),
};

function hardware(random: Random, settings: Settings) {
  const optics = opticsOf(settings);
  if (optics === null) {
    const size = frameSymbols(settings) ?? 2000;
    return { transmitter: generatedTransmitter(random.fork('transmitter'), size), distiller: null };
  }
  const transmitter = simulatedTransmitter(optics.link);
  if (optics.link.fidelity === 'oracle') return { transmitter, distiller: null };
  const seed = settings.options['amplificationSeed'] === 'reversed' ? 'reversed' : 'asSent';
  const detector = optics.link.link.detector.kind;
  return { transmitter, distiller: new AliceDistiller(transmitter, { detector, seed }) };
}

/** One of two answers: the second where there is a reason why not, with it. */
function told(done: MessageName, refused: MessageName, why: string | null): Deed {
  return why === null ? say(done) : say(refused, explained(why));
}

function symbols({ context, memory }: SideScene<AliceMemory>): Deed {
  const indices = numbers(member(recall(context).asked.content, 'indices'));
  const found = memory.transmitter.symbolsAt(indices);
  if (found !== null) {
    memory.distiller?.reveal(indices);
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
