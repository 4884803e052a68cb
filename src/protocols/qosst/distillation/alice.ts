import type { SimulatedTransmitter } from '#src/optics/simulated.ts';
import { checkBlock } from '#src/post-processing/reconciliation/block-check.ts';
import { correctBlock, samplesOf } from '#src/post-processing/reconciliation/block.ts';
import { decoderOf, type Decoder } from '#src/post-processing/reconciliation/ldpc/decode.ts';
import { checkProposal } from '#src/post-processing/reconciliation/proposal.ts';
import { isHashKey, verificationHash } from '#src/post-processing/verification-hash.ts';
import type { BlockCourse } from '../pictures/convergence.ts';
import { member, numbers } from '../say.ts';
import { amplify } from './amplify.ts';
import { RawKey } from './raw-key.ts';
import { mark, rawSamples } from './raw-samples.ts';

/** `null`: done; else why not. */
type Outcome = string | null;

/** What Alice knows beside the messages. */
interface Agreed {
  /** What Bob measures of each symbol: both quadratures, or x alone. */
  readonly detector: 'heterodyne' | 'homodyne';
  /** How the bits of the seed are read; `reversed` is a fault that no message shows. */
  readonly seed: 'asSent' | 'reversed';
}

/** Alice's half of error correction and privacy amplification, one frame at a time. */
export class AliceDistiller {
  readonly #transmitter: SimulatedTransmitter;
  readonly #agreed: Agreed;
  readonly #revealed: Uint8Array;
  #decoder: Decoder | null = null;
  #noiseVariance = 1;
  #samples: Float64Array = new Float64Array(0);
  #announced = 0;
  #courses: BlockCourse[] = [];
  #raw = new RawKey();
  #hashKey: bigint | null = null;
  readonly #keys: Uint8Array[] = [];

  constructor(transmitter: SimulatedTransmitter, agreed: Agreed) {
    this.#transmitter = transmitter;
    this.#revealed = new Uint8Array(transmitter.frameSymbols);
    this.#agreed = agreed;
  }

  /** A key for each frame that came to one. */
  get keys(): readonly Uint8Array[] {
    return this.#keys;
  }

  /** How the decoder fared with the blocks of the last frame. */
  get courses(): readonly BlockCourse[] {
    return this.#courses;
  }

  /** Checks that a course counts among; 0 where there is no code. */
  get innerChecks(): number {
    return this.#decoder?.innerChecks ?? 0;
  }

  beginFrame(): void {
    this.#revealed.fill(0);
    this.#decoder = null;
    this.#courses = [];
  }

  reveal(indices: readonly number[]): void {
    mark(this.#revealed, indices);
  }

  initialize(content: unknown): Outcome {
    const proposal = checkProposal(member(content, 'matrix'), member(content, 'noise'));
    if (proposal.kind === 'refused') return proposal.message;
    const { prepared, modulationVarianceSnu } = this.#transmitter;
    if (prepared === null) return 'There are no symbols.';
    this.#decoder = decoderOf(proposal.code);
    this.#noiseVariance = proposal.noiseVariance;
    const { x, p } = prepared;
    const measured = this.#agreed.detector === 'homodyne' ? { x, p: p.subarray(0, 0) } : prepared;
    this.#samples = rawSamples(measured, this.#revealed, Math.sqrt(modulationVarianceSnu));
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
    const { kind, iterations, unsettledAfter } = corrected;
    this.#courses.push({ kind, iterations, unsettledAfter });
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
    const seed = numbers(member(content, 'seed'));
    const request =
      this.#agreed.seed === 'asSent' ? content : { ...Object(content), seed: seed.toReversed() };
    const amplified = amplify(this.#raw.bits(), request);
    if (amplified.kind === 'refused') return amplified.why;
    this.#keys.push(amplified.key);
    return null;
  }
}

function integer(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null;
}
