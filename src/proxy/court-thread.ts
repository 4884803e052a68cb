import { Worker } from 'node:worker_threads';
import { systemClock } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { Court, type CourtPlan, type CourtWays, type Heard, type Told } from './court.ts';
import type { Passage } from './passage.ts';

/** What is gathered before it is handed over, ms and bytes. */
const gatherMs = 10;
const gatherBytes = 256 * 1024;
/** What may wait to be judged before the peers are made to wait. */
const maxWaitingBytes = 64 * 1024 * 1024;

/** Where a proxy tells what passes. */
export interface Bench extends AsyncDisposable {
  hear(heard: Heard): void;
  /** Resolves once what waits to be judged has become less; `undefined` where it is little. */
  room(): Promise<void> | undefined;
  /** Resolves when everything is judged that was told. */
  settled(): Promise<void>;
  /** Rejects when nothing can be judged any more. */
  readonly failed: Promise<never>;
}

/** Judges in a thread of its own: the peers are not kept waiting for verdicts. */
export function courtInThread(entry: URL, plan: CourtPlan, tell: (told: Told) => void): Bench {
  return new ThreadBench(new Worker(entry, { workerData: plan }), tell);
}

/** A passage whose bytes lie elsewhere. */
type Packed =
  Exclude<Passage, { kind: 'bytes' }> | (Omit<PassedBytes, 'bytes'> & { length: number });
type PassedBytes = Extract<Passage, { kind: 'bytes' }>;

type ToCourt =
  | { readonly kind: 'heard'; readonly heard: Exclude<Heard, { kind: 'passed' }> }
  | {
      readonly kind: 'packed';
      readonly session: number;
      readonly passages: readonly Packed[];
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'ask' };

type FromCourt =
  | { readonly kind: 'told'; readonly told: Told }
  | { readonly kind: 'done'; readonly bytes: number }
  | { readonly kind: 'settled' };

interface Gathered {
  readonly passages: Packed[];
  readonly pieces: Uint8Array[];
  bytes: number;
}

class ThreadBench implements Bench {
  readonly #worker: Worker;
  readonly #gathered = new Map<number, Gathered>();
  #gatheredBytes = 0;
  #waitingBytes = 0;
  #callOff: (() => void) | null = null;
  #crowd: (() => void)[] = [];
  #asking: { resolve: () => void; reject: (fault: unknown) => void }[] = [];
  #fault: unknown = null;
  readonly #failure = Promise.withResolvers<never>();

  constructor(worker: Worker, tell: (told: Told) => void) {
    this.#worker = worker;
    this.#failure.promise.catch(() => {});
    worker.on('message', (said: FromCourt) => {
      if (said.kind === 'told') tell(said.told);
      else if (said.kind === 'done') this.#take(said.bytes);
      else this.#asking.shift()?.resolve();
    });
    worker.on('error', (cause) => this.#fail(cause));
    worker.on('exit', () => this.#fail(new HarnessError('internal', 'the judging thread ended')));
  }

  get failed(): Promise<never> {
    return this.#failure.promise;
  }

  hear(heard: Heard): void {
    if (heard.kind === 'passed') return this.#gather(heard.session, heard.passages);
    this.#handOver();
    this.#post({ kind: 'heard', heard });
  }

  room(): Promise<void> | undefined {
    if (this.#waitingBytes + this.#gatheredBytes < maxWaitingBytes) return undefined;
    this.#handOver();
    return new Promise((resolve) => this.#crowd.push(resolve));
  }

  settled(): Promise<void> {
    if (this.#fault !== null) return Promise.reject(this.#fault);
    this.#handOver();
    return new Promise((resolve, reject) => {
      this.#asking.push({ resolve, reject });
      this.#post({ kind: 'ask' });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#callOff?.();
    this.#asking = [];
    await this.#worker.terminate();
  }

  #gather(session: number, passages: readonly Passage[]): void {
    const gathered = this.#gathered.get(session) ?? { passages: [], pieces: [], bytes: 0 };
    this.#gathered.set(session, gathered);
    for (const passage of passages) {
      if (passage.kind !== 'bytes') {
        gathered.passages.push(passage);
        continue;
      }
      const { bytes, ...rest } = passage;
      gathered.passages.push({ ...rest, length: bytes.length });
      gathered.pieces.push(bytes);
      gathered.bytes += bytes.length;
      this.#gatheredBytes += bytes.length;
    }
    if (this.#gatheredBytes > gatherBytes) this.#handOver();
    else this.#callOff ??= systemClock.after(gatherMs, () => this.#handOver());
  }

  #handOver(): void {
    this.#callOff?.();
    this.#callOff = null;
    for (const [session, { passages, pieces, bytes: size }] of this.#gathered) {
      const bytes = new Uint8Array(size);
      let at = 0;
      for (const piece of pieces) {
        bytes.set(piece, at);
        at += piece.length;
      }
      this.#waitingBytes += size;
      this.#post({ kind: 'packed', session, passages, bytes }, [bytes.buffer]);
    }
    this.#gathered.clear();
    this.#gatheredBytes = 0;
  }

  #post(said: ToCourt, transferred: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(said, transferred);
  }

  #take(bytes: number): void {
    this.#waitingBytes -= bytes;
    if (this.#waitingBytes >= maxWaitingBytes) return;
    const crowd = this.#crowd;
    this.#crowd = [];
    for (const enter of crowd) enter();
  }

  #fail(fault: unknown): void {
    this.#fault ??= fault;
    this.#failure.reject(fault);
    this.#take(this.#waitingBytes);
    for (const { reject } of this.#asking.splice(0)) reject(fault);
  }
}

/** The port that a thread talks to its maker by. */
interface Port {
  on(event: 'message', hear: (said: ToCourt) => void): unknown;
  postMessage(said: FromCourt): void;
}

/** A court in the thread that was made for it: `plan` is what the thread was given. */
export function sit(
  protocols: readonly Protocol[],
  port: Port,
  { plan, keep }: { readonly plan: CourtPlan; readonly keep: CourtWays['keep'] },
): void {
  const protocol = protocols.find(({ name }) => name === plan.protocol);
  if (protocol === undefined) throw new HarnessError('internal', `no protocol '${plan.protocol}'`);
  const tell = (told: Told) => port.postMessage({ kind: 'told', told });
  const court = new Court(protocol, plan, { keep, tell });
  port.on('message', (said) => {
    if (said.kind === 'heard') court.hear(said.heard);
    else if (said.kind === 'ask') port.postMessage({ kind: 'settled' });
    else {
      const { session, bytes } = said;
      court.hear({ kind: 'passed', session, passages: unpacked(said.passages, bytes) });
      port.postMessage({ kind: 'done', bytes: bytes.length });
    }
  });
}

function unpacked(packed: readonly Packed[], bytes: Uint8Array): readonly Passage[] {
  let at = 0;
  return packed.map((one) => {
    if (one.kind !== 'bytes') return one;
    const { length, ...rest } = one;
    const piece = bytes.subarray(at, at + length);
    at += length;
    return { ...rest, bytes: piece };
  });
}
