import type { Random } from '#src/base/random.ts';
import type { Receiver, Symbols, Transmitter } from './front-end.ts';

/** Symbols that one word of chance stands for: one a bit. */
const wordSymbols = 30;
const wordValues = 2 ** wordSymbols;

/**
 * A transmitter whose symbols come from a seeded source, without any optics: QPSK, so that the
 * numbers on the wire are exact in every language.
 */
export function generatedTransmitter(random: Random, frameSymbols: number): Transmitter {
  let real: readonly number[] = [];
  let imag: readonly number[] = [];
  const words = Math.ceil(frameSymbols / wordSymbols);
  const draw = () => Array.from({ length: words }, () => random.below(wordValues));
  const isInFrame = (index: number) =>
    real.length > 0 && Number.isInteger(index) && index >= 0 && index < frameSymbols;
  return {
    frameSymbols,
    photonNumberMean: 1.54,
    async prepare() {
      real = draw();
      imag = draw();
      return 'ready';
    },
    async emit() {},
    async stop() {},
    async shine() {},
    symbolsAt(indices) {
      if (!indices.every(isInFrame)) return null;
      return {
        real: indices.map((at) => symbolAt(real, at)),
        imag: indices.map((at) => symbolAt(imag, at)),
      };
    },
  };
}

function symbolAt(words: readonly number[], index: number): number {
  const word = words[Math.floor(index / wordSymbols)] ?? 0;
  return (word >> (index % wordSymbols)) & 1 ? 1 : -1;
}

/**
 * A receiver that saw nothing: its estimates are those of a textbook link (5 km), scaled by the
 * mean power of what Alice revealed, so that no symbols give key rate 0.
 */
export function generatedReceiver(frameSymbols: number): Receiver {
  return {
    frameSymbols,
    async arm() {},
    async trigger() {},
    async acquire() {},
    async alignPolarisation() {},
    estimate: (_indices, revealed) => ({
      transmittance: 0.79,
      excessNoiseSnu: 0.01,
      electronicNoiseSnu: 0.1,
      detectorEfficiency: 0.85,
      keyRate: 1000 * meanPower(revealed),
      reason: null,
    }),
  };
}

function meanPower(symbols: Symbols): number {
  const power = symbols.real.map((real, index) => real ** 2 + (symbols.imag[index] ?? 0) ** 2);
  return power.length === 0 ? 0 : power.reduce((sum, part) => sum + part, 0) / power.length;
}
