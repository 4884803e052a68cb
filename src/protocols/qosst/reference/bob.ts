import type { Random } from '#src/base/random.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import type { Receiver, Symbols } from '#src/optics/front-end.ts';
import { generatedReceiver } from '#src/optics/generated.ts';
import type { LinkPlan } from '#src/optics/plan.ts';
import { stream, type Stream } from '#src/optics/random/stream.ts';
import { simulatedReceiver, type SimulatedReceiver } from '#src/optics/simulated.ts';
import { recall } from '../context.ts';
import { BobDistiller } from '../distillation/bob.ts';
import { estimatesAccount } from '../distillation/estimates-account.ts';
import { waveformAccount } from '../distillation/waveform-account.ts';
import { opticsOf } from '../optics.ts';
import { bobShows } from '../pictures/bob.ts';
import { frameSymbols, version } from '../settings.ts';
import { member, numbers, say } from '../say.ts';

/** Authentication failures after which Bob concludes that somebody sits in the middle. */
const maxAuthenticationFailures = 3;
/** Frames that come to nothing before Bob gives up: the next one may fare better. */
const maxLostFrames = 1;
/** Blocks of one frame, until there is a real reconciliation. */
const blocksAFrame = 2;
const tinyMatrix = [
  [1, 1],
  [1, 1],
];
/** Symbols that are asked for in one message: its answer must fit into a frame. */
const indicesAtOnce = 200_000;
/** Symbols that are asked for where none was sent: the estimates are there without them. */
const askedOfOracle = 64;

/** What Bob alone keeps for one session: his plan, and how far he is. */
export interface BobMemory {
  readonly serialNumber: string;
  readonly version: string;
  readonly receiver: Receiver;
  /** The same, where it is at the end of a simulated link. */
  readonly simulated: SimulatedReceiver | null;
  /** That link. */
  readonly link: LinkPlan | null;
  /** Makes keys of simulated light; without it distillation is asked for, but not done. */
  readonly distiller: BobDistiller | null;
  readonly plan: { readonly frames: number };
  readonly indices: readonly number[];
  readonly done: {
    begun: number;
    ended: number;
    configuration: boolean;
    recovery: boolean;
    parameter: boolean;
    blocks: number;
    asked: number;
    distrusted: number;
  };
  revealed: Symbols | null;
  photonNumberMean: number | null;
}

type Scene = SideScene<BobMemory>;

/**
 * What Bob says, by the state in which it is his turn; the first active state decides, so what
 * must be said before anything else stands first.
 */
export const answers = {
  'stranded.bewildered': () => complain(),
  'stranded.garbled': () => complain(),
  'stranded.refused': ({ heard, context }) => {
    if (heard?.message !== 'invalidQosstVersion') return complain();
    return recall(context).identifiedAs === null ? { do: 'close' } : say('disconnection');
  },
  'stranded.settled': () => say('disconnection'),
  'link.distrust': (scene) => {
    scene.memory.done.distrusted += 1;
    if (scene.memory.done.distrusted > maxAuthenticationFailures) return { do: 'close' };
    return identify(scene);
  },
  'disconnection.ended': () => ({ do: 'close' }),
  'disconnection.unacknowledged': () => ({ do: 'close' }),
  'disconnection.closed': () => ({ do: 'close' }),
  'link.unidentified': (scene) =>
    scene.heard?.message === 'invalidQosstVersion' ? { do: 'close' } : identify(scene),

  'polarisationRecovery.recovering': async ({ memory }) => {
    await memory.receiver.alignPolarisation();
    return say('endPolarisationRecovery');
  },
  'initialization.requesting': (scene) => nextFrame(scene),
  'initialization.proposed': (scene) => {
    const { done } = scene.memory;
    if (done.configuration) return nextFrame(scene);
    done.configuration = true;
    return say('initializationRequestConfig');
  },

  'quantumInformationExchange.requesting': ({ context }) =>
    say('qieRequest', { frame_uuid: recall(context).frameUuid }),
  'quantumInformationExchange.ready': async ({ context, memory }) => {
    memory.distiller?.beginFrame(recall(context).frameUuid ?? '');
    await memory.receiver.arm(recall(context).frameUuid ?? '');
    await memory.receiver.trigger();
    return say('qieTrigger');
  },
  'quantumInformationExchange.emitting': async ({ memory }) => {
    await memory.receiver.acquire();
    return say('qieAcquisitionEnded');
  },

  'parameterEstimation.estimating': (scene) => estimate(scene),
  'parameterEstimation.denied': (scene) => nextFrame(scene),

  'errorCorrection.requesting': ({ memory }) =>
    say(
      'ecInitialization',
      memory.distiller?.initialization(memory.indices) ?? { matrix: tinyMatrix, noise: 0.1 },
    ),
  'errorCorrection.denied': () => say('abort', { abort_message: 'No code fits both sides.' }),
  'errorCorrection.correcting': ({ heard, memory }) => {
    if (memory.distiller !== null) return nextBlock(memory.distiller, heard);
    if (memory.done.blocks >= blocksAFrame) return say('ecRemaining', { some_parameter: 1 });
    memory.done.blocks += 1;
    return say('ecBlock', { syndrome: [1.87, 5.67] });
  },
  'errorCorrection.remaining': ({ memory }) =>
    say('ecVerification', memory.distiller?.verification() ?? { hash: 385789897481570657n }),
  'errorCorrection.failed': endAfterError,

  'privacyAmplification.requesting': ({ memory }) => {
    if (memory.distiller !== null) {
      const request = memory.distiller.amplification();
      return request === null
        ? say('abort', { abort_message: 'No secret bit is left.' })
        : say('paRequest', request);
    }
    return say('paRequest', {
      seed: [1, 0, 1, 1, 0],
      secret_key_length: 2000,
      subblock_length: 5,
      feedback_polynomial: [1, 1, 1, 0, 0],
    });
  },
  'privacyAmplification.refused': endAfterError,
  'endOfFrame.requesting': ({ context, memory }) => {
    memory.distiller?.accept();
    memory.done.ended += 1;
    return say('frameEnded', { frame_uuid: recall(context).frameUuid });
  },
} satisfies Answers<BobMemory>;

/** Reference Bob: one session by his plan, with each refusal answered as the document says. */
export const bob: SideRecord<BobMemory> = {
  answers,
  memory: (random, settings) => {
    return {
      serialNumber: String(settings.options['serialNumber'] ?? 'QOSST/0002'),
      version: version(settings),
      ...hardware(random, settings),
      plan: { frames: 1 },
      done: {
        begun: 0,
        ended: 0,
        configuration: false,
        recovery: false,
        parameter: false,
        blocks: 0,
        asked: 0,
        distrusted: 0,
      },
      revealed: null,
      photonNumberMean: null,
    };
  },
  account: ({ simulated, distiller }) => ({
    ...waveformAccount(simulated?.demodulated ?? null),
    ...estimatesAccount(simulated?.found ?? null),
    ...distiller?.account(),
  }),
  shows: bobShows,
};

function hardware(random: Random, settings: Settings) {
  const optics = opticsOf(settings);
  if (optics === null) {
    const symbols = frameSymbols(settings) ?? 2000;
    const half = Math.max(1, Math.floor(Math.min(symbols, 64) / 2));
    return {
      receiver: generatedReceiver(symbols),
      simulated: null,
      link: null,
      distiller: null,
      indices: Array.from({ length: half }, () => random.below(symbols)),
    };
  }
  const { link, distillation } = optics;
  const receiver = simulatedReceiver(link);
  const isOracle = link.fidelity === 'oracle';
  const asked = isOracle ? Math.min(link.revealedSymbols, askedOfOracle) : link.revealedSymbols;
  return {
    receiver,
    simulated: receiver,
    link,
    distiller: isOracle ? null : new BobDistiller(link, distillation, receiver),
    indices: someOf(link.frameSymbols, asked, stream(link.seed, 'indices')),
  };
}

/** So many indices of a frame, chosen by chance, in order. */
function someOf(frame: number, count: number, source: Stream): readonly number[] {
  const chosen: number[] = [];
  for (let at = 0; at < frame && chosen.length < count; at += 1) {
    if (source.unit() * (frame - at) < count - chosen.length) chosen.push(at);
  }
  return chosen;
}

function nextBlock(distiller: BobDistiller, heard: Scene['heard']): Deed {
  if (heard?.message === 'ecBlockAck') distiller.settle(true);
  const block = distiller.block();
  return block === null ? say('ecRemaining', distiller.remaining()) : say('ecBlock', block);
}

function identify({ memory }: Scene): Deed {
  return say('identificationRequest', {
    serial_number: memory.serialNumber,
    qosst_version: memory.version,
  });
}

function complain(): Deed {
  return say('invalidResponse', { error_message: 'The answer made no sense in this context.' });
}

/** A frame that came to nothing is ended, or aborted where that is not allowed. */
function endAfterError({ context, settings }: Scene): Deed {
  if (settings.readings['frameEndAfterError'] === 'refused') {
    return say('abort', { abort_message: 'This frame has failed.' });
  }
  return say('frameEnded', { frame_uuid: recall(context).frameUuid });
}

/** Before the first frame: one recovery, one parameter. After the last: leave. */
function nextFrame({ memory, random }: Scene): Deed {
  const { done, plan } = memory;
  if (!done.recovery) {
    done.recovery = true;
    return say('requestPolarisationRecovery');
  }
  if (!done.parameter) {
    done.parameter = true;
    return say('changeParameterRequest', { parameter: 'frame.quantum.roll_off', value: 0.3 });
  }
  const lost = done.begun - done.ended;
  if (done.ended >= plan.frames || lost > maxLostFrames) return say('disconnection');
  done.begun += 1;
  done.blocks = 0;
  done.asked = 0;
  memory.revealed = null;
  memory.photonNumberMean = null;
  return say('initializationRequest', { frame_uuid: random.uuid() });
}

/** Symbols, then the photon number, then what they amount to. */
function estimate({ heard, memory }: Scene): Deed {
  if (heard?.message === 'peSymbolsResponse') {
    const content = heard.payload['content'];
    const { real = [], imag = [] } = memory.revealed ?? {};
    memory.revealed = {
      real: real.concat(numbers(member(content, 'symbols_real'))),
      imag: imag.concat(numbers(member(content, 'symbols_imag'))),
    };
  }
  if (heard?.message === 'peNphotonResponse') {
    memory.photonNumberMean = Number(member(heard.payload['content'], 'n_photon'));
  }
  const { revealed, photonNumberMean, receiver, indices } = memory;
  if (heard?.message === 'peSymbolsError') return say('abort', { abort_message: 'No symbols.' });
  if (memory.done.asked < indices.length) {
    const from = memory.done.asked;
    memory.done.asked = from + indicesAtOnce;
    return say('peSymbolsRequest', { indices: indices.slice(from, from + indicesAtOnce) });
  }
  if (photonNumberMean === null) return say('peNphotonRequest');
  const seen = revealed ?? { real: [], imag: [] };
  const { reason: _, ...estimates } = receiver.estimate(indices, seen, photonNumberMean);
  if (![photonNumberMean, ...Object.values(estimates)].every(Number.isFinite)) {
    return say('abort', { abort_message: 'Nothing can be estimated from this.' });
  }
  return say('peFinished', {
    n_photon: photonNumberMean,
    transmittance: estimates.transmittance,
    excess_noise: estimates.excessNoiseSnu,
    eta: estimates.detectorEfficiency,
    key_rate: estimates.keyRate,
    electronic_noise: estimates.electronicNoiseSnu,
  });
}
