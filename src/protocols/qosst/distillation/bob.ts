import type { LinkParameters } from '#src/optics/key-rate/parameters.ts';
import { smoothingBits } from '#src/optics/key-rate/finite-size.ts';
import { failure, type LinkPlan } from '#src/optics/plan.ts';
import { stream, type Stream } from '#src/optics/random/stream.ts';
import type { SimulatedReceiver } from '#src/optics/simulated.ts';
import { finalLength } from '#src/post-processing/final-length.ts';
import { toeplitz, toeplitzSeedBits } from '#src/post-processing/privacy-amplification/toeplitz.ts';
import { announceBlock, samplesOf } from '#src/post-processing/reconciliation/block.ts';
import type { Code } from '#src/post-processing/reconciliation/ldpc/code.ts';
import { namedCode, nameOf, type lengths } from '#src/post-processing/reconciliation/proposal.ts';
import { tagBits } from '#src/post-processing/reconciliation/tag.ts';
import {
  hashBits,
  hashKeyFrom,
  verificationHash,
  type HashKey,
} from '#src/post-processing/verification-hash.ts';
import { keyAccount } from './key-account.ts';
import { RawKey } from './raw-key.ts';
import { mark, rawSamples } from './raw-samples.ts';

/** How Bob distils a key. */
export interface DistillationPlan {
  readonly blockBits: (typeof lengths)[number];
  readonly codeSeed: number;
}

/** Columns of the hash that are taken at once. */
const hashBlock = 2 ** 14;

/** Bob's half of error correction and privacy amplification, one frame at a time. */
export class BobDistiller {
  readonly #link: LinkPlan;
  readonly #plan: DistillationPlan;
  readonly #receiver: SimulatedReceiver;
  #chance: { readonly bits: Stream; readonly hash: Stream };
  #code: Code | null = null;
  #samples: Float64Array = new Float64Array(0);
  #announced: Uint8Array[] = [];
  #raw = new RawKey();
  #hashKey: HashKey | null = null;
  /** As long as Alice has not made hers. */
  #pending: Uint8Array | null = null;
  readonly #keys: Uint8Array[] = [];

  constructor(link: LinkPlan, plan: DistillationPlan, receiver: SimulatedReceiver) {
    this.#link = link;
    this.#plan = plan;
    this.#receiver = receiver;
    this.#chance = chanceOf(link.seed, '');
  }

  /** What became of the last frame: blocks and bits. */
  account(): Readonly<Record<string, string | number>> {
    const lost = this.#announced.length - this.#raw.blocks;
    return {
      ...(this.#announced.length === 0
        ? {}
        : {
            'blocks, lost': `${this.#announced.length}, ${lost}`,
            'raw bits': this.#raw.bits().length,
            'bits told beside syndromes': this.#leakedBits(),
          }),
      ...keyAccount(this.#keys),
    };
  }

  beginFrame(frame: string): void {
    this.#chance = chanceOf(this.#link.seed, frame);
    this.#announced = [];
    this.#raw = new RawKey();
    this.#pending = null;
  }

  /** EC_INITIALIZATION, once the link is estimated. */
  initialization(revealed: readonly number[]): object {
    const { acquired, frameSymbols } = this.#receiver;
    const isRevealed = new Uint8Array(frameSymbols);
    mark(isRevealed, revealed);
    const estimated = this.#estimated();
    const share = estimated.detector.efficiency / this.#quadratures();
    const amplitude = Math.sqrt(share * estimated.transmittance * estimated.modulationVarianceSnu);
    const noise =
      1 +
      estimated.detector.electronicNoiseSnu +
      share * estimated.transmittance * estimated.excessNoiseSnu;
    this.#code = namedCode(this.#plan.blockBits, this.#plan.codeSeed);
    this.#samples =
      acquired === null ? new Float64Array(0) : rawSamples(acquired, isRevealed, amplitude);
    return { matrix: nameOf(this.#code, this.#plan.codeSeed), noise: noise / amplitude ** 2 };
  }

  /** The next EC_BLOCK; `null`: there are no samples left. */
  block(): object | null {
    const code = this.#code;
    if (code === null) return null;
    const size = samplesOf(code);
    const number = this.#announced.length;
    const samples = this.#samples.subarray(number * size, (number + 1) * size);
    if (samples.length < size) return null;
    const bits = new Uint8Array(code.variables);
    this.#chance.bits.fillBits(bits);
    this.#announced.push(bits);
    const { syndrome, tag, mapping } = announceBlock(code, bits, samples);
    return {
      syndrome: [...syndrome],
      tag,
      mapping: [...mapping.rotations],
      norms: [...mapping.norms],
    };
  }

  /** Alice has corrected the block that was announced last, or has not. */
  settle(isCorrected: boolean): void {
    const number = this.#announced.length - 1;
    const bits = this.#announced[number];
    if (isCorrected && bits !== undefined) this.#raw.keep(number, bits);
  }

  /** EC_REMAINING: nothing more to drop; the key of the hash, as all blocks are fixed. */
  remaining(): object {
    this.#hashKey = hashKeyFrom(this.#chance.hash.next(), this.#chance.hash.next());
    return { discard: [], hash_key: this.#hashKey };
  }

  /** EC_VERIFICATION. */
  verification(): object {
    const key = this.#hashKey ?? hashKeyFrom(0, 0);
    return { hash: verificationHash(this.#raw.bits(), key) };
  }

  /** PA_REQUEST; `null`: Eve may know everything. The key is made at once, and kept when Alice has made hers. */
  amplification(): object | null {
    const raw = this.#raw.bits();
    const length = this.#finalLength(raw.length);
    if (length === 0) return null;
    const seed = new Uint8Array(toeplitzSeedBits(raw.length, length));
    this.#chance.hash.fillBits(seed);
    this.#pending = toeplitz(raw, seed, length, hashBlock);
    return {
      seed: [...seed],
      secret_key_length: length,
      subblock_length: hashBlock,
      feedback_polynomial: [],
    };
  }

  /** Alice has amplified, too: the frame has its key. */
  accept(): void {
    if (this.#pending !== null) this.#keys.push(this.#pending);
    this.#pending = null;
  }

  #finalLength(rawBits: number): number {
    const { security } = this.#link;
    const rate = this.#receiver.found?.rates[security];
    const code = this.#code;
    if (code === null || rate?.kind !== 'rate') return 0;
    const symbols = rawBits / this.#quadratures();
    return finalLength({
      bits: rawBits,
      codeRate: 1 - code.checks / code.variables,
      holevoBits: rate.holevoBits,
      quadratures: this.#quadratures(),
      leakedBits: this.#leakedBits(),
      smoothingBits: security === 'asymptotic' ? 0 : smoothingBits(symbols, failure),
      failure,
    });
  }

  /** Beyond the syndromes, which the rate of the code counts: tags and the hash. */
  #leakedBits(): number {
    return this.#raw.blocks * tagBits + hashBits;
  }

  #quadratures(): 1 | 2 {
    return this.#link.link.detector.kind === 'homodyne' ? 1 : 2;
  }

  #estimated(): LinkParameters {
    const { found } = this.#receiver;
    const { detector } = this.#link.link;
    return {
      modulationVarianceSnu: found?.estimate.modulationVarianceSnu ?? 0,
      transmittance: found?.estimate.transmittance.value ?? 0,
      excessNoiseSnu: found?.estimate.excessNoiseSnu.value ?? 0,
      detector,
      reconciliationEfficiency: this.#link.reconciliationEfficiency,
    };
  }
}

function chanceOf(seed: number, frame: string) {
  return { bits: stream(seed, `raw bits/${frame}`), hash: stream(seed, `hash/${frame}`) };
}
