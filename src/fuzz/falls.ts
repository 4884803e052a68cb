import type { Finding } from '#src/contract/finding.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Docket } from './docket.ts';
import type { Walked } from './session.ts';
import { exhibit, fallOf, fallSignature, type Exhibit, type Fall } from './target-care.ts';

/** Shrinking a fall brings the target back after each try that shows it. */
const shrinking = { replays: 24, ms: 60_000, falls: true };

/** Finds out which session brought a target down. */
export class Falls {
  readonly #docket: Docket;
  /** What led to a known fall is not done again. */
  readonly #avoid: (walked: Walked) => void;
  /** Ids of falls as they came, to the ids that they have now that they are shrunk. */
  readonly #aliases = new Map<string, string>();

  constructor(docket: Docket, avoid: (walked: Walked) => void) {
    this.#docket = docket;
    this.#avoid = avoid;
  }

  /** True where one of these sessions, the likeliest first, brings the target down (again). */
  async explain(kind: Fall, suspects: readonly Walked[]): Promise<boolean> {
    for (const suspect of suspects) if (this.#isKnown(kind, suspect)) return true;
    for (const suspect of suspects) if (await this.#convict(suspect)) return true;
    return false;
  }

  /** A fall that nobody could bring about again. */
  suspect(kind: Fall, walked: Walked, note: string): void {
    const fall = fallOf(this.#docket.ward.arena.protocol, walked.trace, kind);
    const id = this.#fallId(walked.trace, kind);
    const known = this.#docket.find(id);
    if (known !== null) return this.#docket.count(known);
    this.#docket.record(id, { ...fall, explanation: `${fall.explanation} ${note}` }, walked);
  }

  #isKnown(kind: Fall, suspect: Walked): boolean {
    const id = this.#fallId(suspect.trace, kind);
    const known = this.#docket.find(this.#aliases.get(id) ?? id);
    if (known === null) return false;
    this.#docket.count(known);
    this.#avoid(suspect);
    return true;
  }

  /** Plays a session again: true where the target fell again. Told when it is shrunk. */
  async #convict(suspect: Walked): Promise<boolean> {
    const { steps, seed, trace } = suspect;
    const shown = await exhibit(this.#docket.ward, { steps, seed, falls: true });
    if (!isFall(shown) || shown.signature === null) return false;
    this.#avoid(suspect);
    const minimal = await this.#docket.shortest(suspect, shrinking, isFall);
    const { signature, violation } = minimal?.replayed ?? shown;
    if (signature === null || violation === null) return false;
    const id = this.#docket.idOf(signature);
    for (const alike of [shown.trace, trace]) {
      this.#aliases.set(this.#fallId(alike, violation.kind), id);
    }
    const known = this.#docket.find(id);
    if (known !== null) this.#docket.count(known);
    else if (minimal === null) this.#docket.record(id, violation, { ...shown, steps, seed });
    else this.#docket.record(id, violation, { ...minimal.replayed, steps: minimal.steps, seed });
    return true;
  }

  /** The id that a fall behind this trace has, as long as nothing plainer shows it. */
  #fallId(trace: Trace, kind: Finding['kind']): string {
    const { arena } = this.#docket.ward;
    const fall = fallOf(arena.protocol, trace, kind === 'hang' ? 'hang' : 'crash');
    return this.#docket.idOf(fallSignature(arena, fall, trace));
  }
}

function isFall({ violation }: Exhibit): boolean {
  return violation?.kind === 'crash' || violation?.kind === 'hang';
}
