import { systemClock } from '#src/base/clock.ts';
import type { Finding } from '#src/contract/finding.ts';
import type { Step } from '#src/contract/fuzz.ts';
import type { Violation } from '#src/contract/verdict.ts';
import { Allowance } from './allowance.ts';
import { findingOf, Findings } from './findings.ts';
import { findingId } from './identify.ts';
import { legalIn } from './legal.ts';
import type { Restraint } from './menu.ts';
import type { Walked } from './session.ts';
import { shrink, type ShrinkBudget, type Shown } from './shrink.ts';
import { exhibit, type Exhibit, type FallViolation, type Ward } from './target-care.ts';

/** What a session did, and what it looked like. */
export type Deed = Pick<Walked, 'trace' | 'steps' | 'seed'>;

/** What findings are written down with. */
export interface DocketPlan {
  readonly known: readonly Finding[];
  /** Messages of the campaign so far, those of earlier runs among them. */
  readonly messages: () => number;
  readonly shrinking: ShrinkBudget;
  readonly restraint: Restraint;
  readonly signal: AbortSignal;
  /** Told of each finding when it is new, and again when it is shrunk. */
  readonly found: (finding: Finding) => void;
}

/** The findings of a campaign: each is written down once, then shrunk. */
export class Docket {
  readonly #plan: DocketPlan;
  readonly #findings: Findings;
  /** Where sessions are played again. */
  ward: Ward;

  constructor(ward: Ward, plan: DocketPlan) {
    this.ward = ward;
    this.#plan = plan;
    this.#findings = new Findings(plan.known);
  }

  get list(): readonly Finding[] {
    return this.#findings.list;
  }

  get isFull(): boolean {
    return this.#findings.isFull;
  }

  find(id: string): Finding | null {
    return this.#findings.find(id);
  }

  /** It showed once more. */
  count(known: Finding): void {
    this.#findings.count(known);
  }

  /** The id of everything that has a signature. */
  idOf(signature: string): string {
    const { protocol, peer } = this.ward.arena;
    return findingId(protocol.name, peer, signature);
  }

  record(id: string, violation: Violation | FallViolation, { trace, steps, seed }: Deed): void {
    const messages = this.#plan.messages();
    this.#put(findingOf(id, violation, { trace, steps, seed, messages }));
  }

  /** Writes the shortest steps that show the same in place of those that were found. */
  async shrink(id: string, signature: string, deed: Deed): Promise<void> {
    const isSame = (played: Exhibit) => played.signature === signature;
    const shrunk = await this.shortest(deed, { ...this.#plan.shrinking, falls: false }, isSame);
    const known = this.find(id);
    const violation = shrunk?.replayed.violation ?? null;
    if (known === null || shrunk === null || violation === null) return;
    const { steps, replayed } = shrunk;
    const { messagesToDetection: messages, times } = known;
    const evidence = { trace: replayed.trace, steps, seed: deed.seed, messages };
    this.#put({ ...findingOf(id, violation, evidence), times });
  }

  /**
   * The shortest steps that show the same, or `null` where not even all of them do. A play that the
   * warden ended shows nothing. In safe mode what fells the target is not done again and again.
   */
  async shortest(
    deed: Deed,
    { falls, ...budget }: ShrinkBudget & { readonly falls: boolean },
    isSame: Shown['isSame'],
  ): ReturnType<typeof shrink> {
    const { signal, shrinking, restraint } = this.#plan;
    if (shrinking.replays === 0 || (falls && restraint.safe)) return null;
    const { seed } = deed;
    const ward = this.#careful;
    const allowed = restraint.safe ? legalIn(ward.arena, restraint) : () => true;
    const play = (steps: readonly Step[]) => exhibit(ward, { steps, seed, falls, allowed });
    const shows = (played: Exhibit) => !played.isBarred && isSame(played);
    const { steps } = deed;
    return shrink({ steps, isSame: shows, play, signal, clock: systemClock }, budget);
  }

  /** Where sessions are played again within a part of what is left of the budget. */
  get #careful(): Ward {
    const { arena, care } = this.ward;
    const { warden, protocol } = arena;
    if (warden === undefined) return this.ward;
    return { arena: { ...arena, warden: new Allowance(warden, protocol) }, care };
  }

  #put(finding: Finding): void {
    this.#findings.put(finding);
    this.#plan.found(finding);
  }
}
