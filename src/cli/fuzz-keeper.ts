import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#src/contract/finding.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { Begun } from '#src/fuzz/fuzz-plan.ts';
import { seedOf, writeSeed, type Origin } from '#src/fuzz/seeds.ts';
import { writeTrace } from '#src/report/trace-file.ts';
import { codeOf, makeFolder } from './folder.ts';
import { campaignText, type CampaignAbout } from './fuzz-campaign-file.ts';
import type { Captures } from './fuzz-captures.ts';
import { campaignName, findingsFolder, seedName, traceName, tracesFolder } from './fuzz-names.ts';
import { writeWhole } from './fuzz-whole-file.ts';

/** Where a run keeps what it finds, as it finds it. Files appear whole or not at all. */
export class Keeper {
  readonly #folder: string;
  readonly #about: CampaignAbout;
  readonly #origin: Origin;
  /** The first thing that could not be written, in one line. */
  failure: string | null = null;
  /** Where all sessions are kept; `null`: they are not. */
  captures: Captures | null = null;

  constructor(folder: string, about: CampaignAbout, origin: Origin) {
    this.#folder = folder;
    this.#about = about;
    this.#origin = origin;
  }

  /**
   * Makes the folder, without what an earlier run left in it.
   * @throws HarnessError `usage` where it cannot be made.
   */
  open(): void {
    const findings = join(this.#folder, findingsFolder);
    makeFolder(findings);
    for (const file of readdirSync(findings)) {
      if (file.endsWith('.jsonl')) rmSync(join(findings, file));
    }
  }

  /** Writes one finding: as a seed, and its trace. True where both are safe. */
  keep(finding: Finding): boolean {
    const seed = this.#try(seedName(finding.id), writeSeed(seedOf(finding, this.#origin)));
    return this.#try(traceName(finding.id), writeTrace(finding.trace)) && seed;
  }

  /** Writes one session down where sessions are captured. */
  capture(trace: Trace): boolean {
    const { captures } = this;
    return captures === null || this.#attempt(tracesFolder, () => captures.keep(trace));
  }

  /** Writes how far the campaign is. */
  checkpoint(begun: Begun): boolean {
    return this.#try(campaignName, campaignText(this.#about, begun));
  }

  #try(name: string, text: string): boolean {
    return this.#attempt(name, (path) => writeWhole(path, text));
  }

  #attempt(name: string, write: (path: string) => void): boolean {
    const path = join(this.#folder, name);
    try {
      write(path);
      return true;
    } catch (fault) {
      this.failure ??= `cannot write ${path}: ${codeOf(fault)}`;
      return false;
    }
  }
}
