import type { Random } from '#src/base/random.ts';
import type { Receiver, Symbols, Transmitter } from './front-end.ts';

/**
 * A transmitter whose symbols come from a seeded source, without any optics: QPSK, so that the
 * numbers on the wire are exact in every language.
 */
export function generatedTransmitter(random: Random, frameSymbols: number): Transmitter {
  let real: readonly number[] = [];
  let imag: readonly number[] = [];
  const draw = () => {
    let bits = 0;
    return Array.from({ length: frameSymbols }, (_, index) => {
      if (index % 30 === 0) bits = random.below(2 ** 30);
      return (bits >> (index % 30)) & 1 ? 1 : -1;
    });
  };
  const inFrame = (index: number) => Number.isInteger(index) && index >= 0 && index < real.length;
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
      if (!indices.every(inFrame)) return null;
      return { real: indices.map((at) => real[at] ?? 0), imag: indices.map((at) => imag[at] ?? 0) };
    },
  };
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
    }),
  };
}

function meanPower(symbols: Symbols): number {
  const power = symbols.real.map((real, index) => real ** 2 + (symbols.imag[index] ?? 0) ** 2);
  return power.length === 0 ? 0 : power.reduce((sum, part) => sum + part, 0) / power.length;
}
