import type { Work } from '#src/contract/baseline.ts';
import { estimateLink } from '#src/optics/estimation.ts';
import { exactCalibration } from '#src/optics/calibration.ts';
import { detect } from '#src/optics/link.ts';
import { drawSymbols } from '#src/optics/modulation/modulation.ts';
import { goldenLink } from '#src/optics/plan.ts';
import { quadratures } from '#src/optics/quadratures.ts';
import { stream } from '#src/optics/random/stream.ts';
import { simulatedReceiver, simulatedTransmitter } from '#src/optics/simulated.ts';
import { bigIntegerHash } from '#src/post-processing/privacy-amplification/big-integer.ts';
import { toeplitz, toeplitzSeedBits } from '#src/post-processing/privacy-amplification/toeplitz.ts';
import { announceBlock, correctBlock } from '#src/post-processing/reconciliation/block.ts';
import { decoderOf } from '#src/post-processing/reconciliation/ldpc/decode.ts';
import { correctingPool } from '#src/post-processing/reconciliation/pool.ts';
import { namedCode } from '#src/post-processing/reconciliation/proposal.ts';

/** One computation after the other of a frame, and whole frames. @see protocols/optics.md, 7. */
export const work: readonly Work[] = [
  {
    kind: 'kernel',
    what: 'symbols drawn, sent and estimated',
    goal: { kind: 'rate', perSecond: 6_000_000 },
    prepare: () => ({ count: 1_000_000, run: () => exchanged(1_000_000) }),
  },
  {
    kind: 'kernel',
    what: 'decoding: edge by iteration, 45 ns each',
    goal: { kind: 'rate', perSecond: 22_222_222 },
    prepare: decoding,
  },
  {
    kind: 'kernel',
    what: '32 blocks decoded by two threads',
    goal: { kind: 'ratio', against: 'by one', least: 1.8, prepare: () => inThreads(1).run },
    prepare: () => inThreads(2),
  },
  {
    kind: 'kernel',
    what: 'bits amplified, 10^6 to 10^5',
    goal: {
      kind: 'ratio',
      against: 'a product of big integers',
      least: 2,
      prepare() {
        const { raw, seed } = drawnKey();
        return () => bigIntegerHash(raw, seed, finalBits);
      },
    },
    prepare() {
      const { raw, seed } = drawnKey();
      return { count: rawBits, run: () => toeplitz(raw, seed, finalBits) };
    },
  },
  {
    kind: 'kernel',
    what: 'frames of drawn estimates, 5 ms each',
    goal: { kind: 'rate', perSecond: 200 },
    prepare: drawnFrames,
  },
  {
    kind: 'session',
    what: 'fast session: 250,000 revealed, 8 blocks',
    options: { optics: 'simulated' },
    mostMs: 1000,
  },
  {
    kind: 'session',
    what: 'fast session as a waveform',
    options: { optics: 'waveform' },
    mostMs: 8000,
  },
  {
    kind: 'session',
    what: 'golden session: 10^6 revealed, 16 blocks',
    options: {
      optics: 'simulated',
      blockBits: 65_536,
      revealedSymbols: 1_000_000,
      frameSymbols: 1_000_000 + 16 * 32_768,
    },
    mostMs: 8000,
  },
];

const rawBits = 1_000_000;
const finalBits = 100_000;

function exchanged(symbols: number) {
  const { modulation, modulationVarianceSnu, link } = goldenLink;
  const sent = quadratures(symbols);
  drawSymbols(modulation, modulationVarianceSnu, stream(1, 'symbols'), sent);
  const streams = { noise: stream(1, 'noise'), faults: stream(1, 'faults') };
  const received = detect(sent, link, [], streams);
  const calibration = exactCalibration(link.detector.electronicNoiseSnu);
  return estimateLink(sent, received, { detector: link.detector, calibration });
}

/** One block again and again. */
function decoding() {
  const { code, task } = drawnBlock(1);
  const decoder = decoderOf(code);
  const run = () => correctBlock(decoder, task.message, task);
  return { count: code.checkEdges.length * run().iterations, run };
}

/** Many blocks: which of them ends last weighs little. Both sides of the comparison count blocks. */
function inThreads(threads: number) {
  const blocks = Array.from({ length: 32 }, (_, at) => drawnBlock(at).task);
  const pool = correctingPool(namedCode(65_536, 1), threads);
  return { count: blocks.length, run: () => pool.correct(blocks) };
}

/** A block of 65,536 bits at an efficiency of 0.85. */
function drawnBlock(seed: number) {
  const code = namedCode(65_536, 1);
  const noiseVariance = 1 / (2 ** (0.2 / 0.85) - 1);
  const samples = new Float64Array(code.variables);
  const noise = new Float64Array(code.variables);
  const bits = new Uint8Array(code.variables);
  const source = stream(seed, 'block');
  source.fillNormal(samples, 1);
  source.fillNormal(noise, Math.sqrt(noiseVariance));
  source.fillBits(bits);
  const seen = samples.map((sample, at) => sample + (noise[at] ?? 0));
  return { code, task: { message: announceBlock(code, bits, seen), samples, noiseVariance } };
}

function drawnKey() {
  const raw = new Uint8Array(rawBits);
  const seed = new Uint8Array(toeplitzSeedBits(rawBits, finalBits));
  stream(1, 'raw').fillBits(raw);
  stream(1, 'seed').fillBits(seed);
  return { raw, seed };
}

function drawnFrames() {
  const sizes = { seed: 1, frameSymbols: 1_000_000, revealedSymbols: 500_000 };
  const plan = { ...goldenLink, ...sizes, fidelity: 'oracle' } as const;
  const transmitter = simulatedTransmitter(plan);
  const receiver = simulatedReceiver(plan);
  let number = 0;
  return {
    count: 1,
    async run() {
      number += 1;
      const frame = String(number);
      await transmitter.prepare(frame);
      await receiver.arm(frame);
      await receiver.acquire();
      const revealed = transmitter.symbolsAt([0, 1]) ?? { real: [], imag: [] };
      return receiver.estimate([0, 1], revealed, transmitter.photonNumberMean);
    },
  };
}
