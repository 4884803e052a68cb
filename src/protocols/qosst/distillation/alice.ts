import type { SimulatedTransmitter } from '#src/optics/simulated.ts';
import { checkBlock } from '#src/post-processing/reconciliation/block-check.ts';
import { correctBlock, samplesOf } from '#src/post-processing/reconciliation/block.ts';
import { decoderOf, type Decoder } from '#src/post-processing/reconciliation/ldpc/decode.ts';
import { checkProposal } from '#src/post-processing/reconciliation/proposal.ts';
import { isHashKey, verificationHash } from '#src/post-processing/verification-hash.ts';
import { member, numbers } from '../say.ts';
import { amplify } from './amplify.ts';
import { RawKey } from './raw-key.ts';
import { rawSamples } from './raw-samples.ts';

/** `null`: done; else why not. */
type Outcome = string | null;

/** Alice's half of error correction and privacy amplification, one frame at a time. */
export class AliceDistiller {
  readonly #transmitter: SimulatedTransmitter;
  readonly #revealed = new Set<number>();
  #decoder: Decoder | null = null;
  #noiseVariance = 1;
  #samples: Float64Array = new Float64Array(0);
  #announced = 0;
  #raw = new RawKey();
  #hashKey: bigint | null = null;
  #key: Uint8Array | null = null;

  constructor(transmitter: SimulatedTransmitter) {
    this.#transmitter = transmitter;
  }

  /** The key of the last frame; `null` before there is one. */
  get key(): Uint8Array | null {
    return this.#key;
  }

  beginFrame(): void {
    this.#revealed.clear();
    this.#decoder = null;
    this.#key = null;
  }

  reveal(indices: readonly number[]): void {
    for (const index of indices) this.#revealed.add(index);
  }

  initialize(content: unknown): Outcome {
    const proposal = checkProposal(member(content, 'matrix'), member(content, 'noise'));
    if (proposal.kind === 'refused') return proposal.message;
    const { prepared, modulationVarianceSnu } = this.#transmitter;
    if (prepared === null) return 'There are no symbols.';
    this.#decoder = decoderOf(proposal.code);
    this.#noiseVariance = proposal.noiseVariance;
    this.#samples = rawSamples(prepared, this.#revealed, Math.sqrt(modulationVarianceSnu));
    this.#announced = 0;
    this.#raw = new RawKey();
    this.#hashKey = null;
    return null;
  }

  correct(content: unknown): Outcome {
    const decoder = this.#decoder;
    if (decoder === null) return 'There is no code.';
    const number = this.#announced;
    this.#announced += 1;
    const checked = checkBlock(decoder.code, {
      syndrome: member(content, 'syndrome'),
      tag: member(content, 'tag'),
      mapping: member(content, 'mapping'),
      norms: member(content, 'norms'),
    });
    if (checked.kind === 'refused') return checked.message;
    const size = samplesOf(decoder.code);
    const samples = this.#samples.subarray(number * size, (number + 1) * size);
    if (samples.length < size) return 'No samples are left for another block.';
    const noiseVariance = this.#noiseVariance;
    const corrected = correctBlock(decoder, checked.message, { samples, noiseVariance });
    if (corrected.kind === 'notReached') return 'The syndrome was not reached.';
    this.#raw.keep(number, corrected.bits);
    return null;
  }

  /** Drops blocks, and takes the key of the hash. */
  finish(content: unknown): Outcome {
    for (const number of numbers(member(content, 'discard'))) this.#raw.drop(number);
    const said = member(content, 'hash_key');
    const key = typeof said === 'number' ? BigInt(said) : said;
    if (!isHashKey(key)) return 'hash_key is no key of the hash.';
    this.#hashKey = key;
    return null;
  }

  verify(content: unknown): Outcome {
    const key = this.#hashKey;
    if (!isHashKey(key)) return 'There is no key of the hash.';
    const bits = this.#raw.bits();
    if (bits.length === 0) return 'No block is left.';
    const same = verificationHash(bits, key) === integer(member(content, 'hash'));
    return same ? null : 'Keys are not equal.';
  }

  amplify(content: unknown): Outcome {
    const amplified = amplify(this.#raw.bits(), content);
    if (amplified.kind === 'refused') return amplified.why;
    this.#key = amplified.key;
    return null;
  }
}

function integer(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null;
}
