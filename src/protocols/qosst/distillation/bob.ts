import { gaussianHolevo } from '#src/optics/key-rate/gaussian.ts';
import { outsideDomain, type LinkParameters } from '#src/optics/key-rate/parameters.ts';
import type { LinkPlan } from '#src/optics/plan.ts';
import { stream, type Stream } from '#src/optics/random/stream.ts';
import type { Measured } from '#src/optics/estimation.ts';
import type { Found, SimulatedReceiver } from '#src/optics/simulated.ts';
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
import { rawSamples } from './raw-samples.ts';

/** How Bob distils a key. */
export interface DistillationPlan {
  readonly blockBits: (typeof lengths)[number];
  readonly codeSeed: number;
  /** eps_PA. */
  readonly failure: number;
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
  #key: Uint8Array | null = null;

  constructor(link: LinkPlan, plan: DistillationPlan, receiver: SimulatedReceiver) {
    this.#link = link;
    this.#plan = plan;
    this.#receiver = receiver;
    this.#chance = chanceOf(link.seed, '');
  }

  /** The key of the last frame; `null` before there is one. */
  get key(): Uint8Array | null {
    return this.#key;
  }

  /** What became of the last frame: estimates with their standard deviations, blocks, bits. */
  account(): Readonly<Record<string, string | number>> {
    const { found } = this.#receiver;
    const lost = this.#announced.length - this.#raw.blocks;
    return {
      ...(found === null ? {} : estimatesOf(found)),
      ...(this.#announced.length === 0
        ? {}
        : {
            'blocks, lost': `${this.#announced.length}, ${lost}`,
            'raw bits': this.#raw.bits().length,
            'bits told beside syndromes': this.#leakedBits(),
          }),
      ...keyAccount(this.#key),
    };
  }

  beginFrame(frame: string): void {
    this.#chance = chanceOf(this.#link.seed, frame);
    this.#announced = [];
    this.#raw = new RawKey();
    this.#key = null;
  }

  /** EC_INITIALIZATION, once the link is estimated. */
  initialization(revealed: readonly number[]): object {
    const { acquired } = this.#receiver;
    const estimated = this.#estimated();
    const share = estimated.detector.efficiency / this.#quadratures();
    const amplitude = Math.sqrt(share * estimated.transmittance * estimated.modulationVarianceSnu);
    const noise =
      1 +
      estimated.detector.electronicNoiseSnu +
      share * estimated.transmittance * estimated.excessNoiseSnu;
    this.#code = namedCode(this.#plan.blockBits, this.#plan.codeSeed);
    this.#samples =
      acquired === null ? new Float64Array(0) : rawSamples(acquired, new Set(revealed), amplitude);
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

  /** PA_REQUEST; `null`: Eve may know everything. The key is made at once. */
  amplification(): object | null {
    const raw = this.#raw.bits();
    const length = this.#finalLength(raw.length);
    if (length === 0) return null;
    const seed = new Uint8Array(toeplitzSeedBits(raw.length, length));
    this.#chance.hash.fillBits(seed);
    this.#key = toeplitz(raw, seed, length, hashBlock);
    return {
      seed: [...seed],
      secret_key_length: length,
      subblock_length: hashBlock,
      feedback_polynomial: [],
    };
  }

  #finalLength(rawBits: number): number {
    const estimated = this.#estimated();
    const code = this.#code;
    if (code === null || outsideDomain(estimated) !== null) return 0;
    return finalLength({
      bits: rawBits,
      codeRate: 1 - code.checks / code.variables,
      holevoBits: gaussianHolevo(estimated),
      quadratures: this.#quadratures(),
      leakedBits: this.#leakedBits(),
      failure: this.#plan.failure,
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

function estimatesOf({ estimate, rate, alarms }: Found): Readonly<Record<string, string>> {
  const shown = ({ value, deviation }: Measured) =>
    `${value.toPrecision(5)} ± ${deviation.toPrecision(2)}`;
  const [alarm] = alarms;
  return {
    'T estimated': shown(estimate.transmittance),
    'xi estimated, SNU': shown(estimate.excessNoiseSnu),
    'key, bit/symbol':
      rate.kind === 'rate' ? rate.bitsPerSymbol.toPrecision(5) : `none: ${rate.reason}`,
    ...(alarm === undefined
      ? {}
      : {
          'health test': `${alarm.test} is ${alarm.value.toPrecision(3)}, by chance up to ${alarm.limit.toPrecision(3)}`,
        }),
  };
}

function chanceOf(seed: number, frame: string) {
  return { bits: stream(seed, `raw bits/${frame}`), hash: stream(seed, `hash/${frame}`) };
}
