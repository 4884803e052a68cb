import type { CampaignState, Finding } from '#src/contract/finding.ts';
import { findingOf } from './findings.ts';
import { findingId } from './identify.ts';
import { leaks, sampled, type MemorySample } from './leak.ts';
import { fallOf } from './target-care.ts';
import type { FuzzTarget } from './target.ts';

/** Pause between two looks at a target's memory, ms. */
const lookMs = 250;

/** Looks at the memory of a target that was started here, and says once that it leaks. */
export class LeakWatch {
  readonly #target: Pick<FuzzTarget, 'arena' | 'resident'>;
  readonly #found: (finding: Finding) => void;
  #samples: readonly MemorySample[] = [];
  #restarts = 0;
  #lookedMs = 0;
  #told = false;

  constructor(target: Pick<FuzzTarget, 'arena' | 'resident'>, found: (finding: Finding) => void) {
    this.#target = target;
    this.#found = found;
  }

  /** The finding, the first time that the memory is seen to rise with the messages. */
  look({ messages, restarts, elapsedMs }: CampaignState): Finding | null {
    if (this.#told || elapsedMs - this.#lookedMs < lookMs) return null;
    this.#lookedMs = elapsedMs;
    if (restarts !== this.#restarts) this.#samples = [];
    this.#restarts = restarts;
    const residentBytes = this.#target.resident();
    if (residentBytes === null) return null;
    this.#samples = sampled(this.#samples, { messages, residentBytes });
    this.#told = leaks(this.#samples);
    if (!this.#told) return null;
    const finding = this.#finding(messages);
    this.#found(finding);
    return finding;
  }

  #finding(messages: number): Finding {
    const { protocol, peer, settings } = this.#target.arena;
    const { dialect, options } = settings;
    const trace = { protocol: protocol.name, dialect, peer, options, seed: 0, events: [] };
    const { requirement, ...fall } = fallOf(protocol, trace, 'crash');
    const [from, to] = [this.#samples[0], this.#samples.at(-1)].map((one) => inMiB(one));
    const actual = `its memory rose from ${from} to ${to} MiB over ${messages} messages`;
    const id = findingId(protocol.name, peer, `${requirement.id}|leak|memory`);
    const explanation = `${requirement.id} says: "${requirement.text}" With every message the target's memory grows: ${actual}.`;
    const expected = [{ outcome: 'memory that does not grow with every message', why: '' }];
    const violation = { ...fall, requirement, expected, actual, explanation };
    const evidence = { trace, steps: [], seed: 0, messages };
    return { ...findingOf(id, violation, evidence), kind: 'leak', minimalMessages: messages };
  }
}

function inMiB(sample: MemorySample | undefined): number {
  return Math.round((sample?.residentBytes ?? 0) / 2 ** 20);
}
