import manifest from '../../package.json' with { type: 'json' };
import { systemClock, today } from '#src/base/clock.ts';
import { HarnessError } from '#src/base/errors.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Finding } from '#src/contract/finding.ts';
import type { Ending } from '#src/contract/report.ts';
import type { Begun, FuzzPlan } from '#src/fuzz/fuzz-plan.ts';
import { runFuzz, type FuzzResult } from '#src/fuzz/run-fuzz.ts';
import { seedOf, writeSeed, type Origin } from '#src/fuzz/seeds.ts';
import { withKnown } from '#src/gate/gated.ts';
import { protocols } from '#src/protocols/index.ts';
import { fuzzConsole, type FuzzConsole } from '#src/report/fuzz-console.ts';
import { codeOf, makeFolder } from './folder.ts';
import { lastingFlags, readCampaign, type StoredCampaign } from './fuzz-campaign-file.ts';
import { Captures } from './fuzz-captures.ts';
import type { FuzzFlags } from './fuzz-flags.ts';
import { Keeper } from './fuzz-keeper.ts';
import { seedName } from './fuzz-names.ts';
import { findingResult, foundResult, fuzzReport } from './fuzz-report.ts';
import { chosenSeeds, storeSeeds } from './fuzz-seeds.ts';
import { parseReporter } from './formats.ts';
import { gatedBy, gatingBy, type Gating } from './gating.ts';
import { tellGithub } from './github.ts';
import { openOutputs, type Outputs } from './outputs.ts';
import { planFuzz } from './plan-fuzz.ts';
import { subjectOf, type Subject } from './profile.ts';
import { commandFor } from './replay.ts';
import { folderOf } from './run-folder.ts';
import type { Screen } from './screen.ts';
import { formatTargetUrl } from './target-url.ts';
import { usage } from './usage.ts';

/** How far a campaign is is written so often, ms. */
const checkpointMs = 2000;

/** Runs a campaign, shows and keeps what it finds, and returns the exit code. */
export async function fuzzing(flags: FuzzFlags, screen: Screen): Promise<number> {
  const stored = flags.resume === undefined ? null : readCampaign(flags.resume);
  const subject = await subjectOf(flags, protocols);
  if (stored !== null) refuseOther(stored, subject, flags.resume ?? '');
  const { plan = false, json = false } = flags;
  if (json && !plan)
    throw usage('--json goes with --plan; reports come as JSON with --reporter json:-');
  if (plan) return showingPlan(subject, flags, { screen, stored });
  const folder = flags.resume ?? flags.out ?? folderFor(subject, flags);
  const gating = gatingBy(flags.baseline, subject);
  const reporters = (flags.reporter ?? []).map(parseReporter);
  const outputs = openOutputs(folder, reporters, stored === null ? undefined : makeFolder);
  const run = new FuzzRun(subject, flags, { screen, outputs, stored, gating });
  return run.go();
}

async function showingPlan(
  subject: Subject,
  flags: FuzzFlags,
  { screen, stored }: Pick<Surroundings, 'screen' | 'stored'>,
): Promise<number> {
  const { showFuzzPlan } = await import('./show-fuzz-plan.ts');
  const { seeds } = chosenSeeds(subject, flags.seeds);
  const begun = stored?.begun ?? null;
  const plan = planFuzz(subject, flags, { begun, seeds, signal: screen.signal });
  return showFuzzPlan(plan, { screen, json: flags.json === true, sessions: flags.planSessions });
}

/** Shards of one campaign share neither folder nor findings until they are merged. */
function folderFor(subject: Subject, { seed, shard }: FuzzFlags): string {
  const part = shard === undefined ? [] : [`${shard.index + 1}-of-${shard.of}`];
  return folderOf(subject, { seed, selectors: ['fuzz', ...part] });
}

function refuseOther(
  { protocol, side }: StoredCampaign,
  { protocol: { name }, profile }: Subject,
  folder: string,
): void {
  if (protocol === name && side === profile.side) return;
  throw usage(
    `${folder} holds a campaign against ${protocol}/${side}, not ${name}/${profile.side}`,
  );
}

interface Surroundings {
  readonly screen: Screen;
  readonly outputs: Outputs;
  readonly stored: StoredCampaign | null;
  readonly gating: Gating | null;
}

class FuzzRun {
  readonly #subject: Subject;
  readonly #flags: FuzzFlags;
  readonly #around: Surroundings;
  readonly #people: FuzzConsole;
  readonly #keeper: Keeper;
  readonly #origin: Origin;
  readonly #unkept = new Map<string, Finding>();
  /** Ends the campaign: Ctrl-C, or nothing can be written any more. */
  readonly #stop = new AbortController();

  constructor(subject: Subject, flags: FuzzFlags, around: Surroundings) {
    this.#subject = subject;
    this.#flags = flags;
    this.#around = around;
    const { protocol, profile } = subject;
    const target = formatTargetUrl(protocol, profile);
    const { seed, note = '' } = flags;
    this.#origin = { profile, campaignSeed: seed, target, note, version: manifest.version };
    const about = {
      protocol: protocol.name,
      side: profile.side,
      target,
      seed,
      flags: lastingFlags(flags),
    };
    this.#keeper = new Keeper(around.outputs.folder, about, this.#origin);
    this.#people = this.#console();
  }

  async go(): Promise<number> {
    const { screen, outputs, stored } = this.#around;
    const startedAt = today();
    const beganMs = systemClock.nowMs();
    if (stored === null) this.#keeper.open();
    const captures = this.#openCaptures();
    const { seeds, problems } = chosenSeeds(this.#subject, this.#flags.seeds);
    for (const problem of problems) screen.err(`qkdspec: ${problem}\n`);
    const interrupt = () => this.#stop.abort();
    screen.signal.addEventListener('abort', interrupt);
    const result = await this.#run(seeds);
    screen.signal.removeEventListener('abort', interrupt);
    this.#keeper.checkpoint(result);
    const seedFiles = this.#store(result.state.findings);
    const { gating } = this.#around;
    const over = fuzzReport({
      subject: this.#subject,
      seed: this.#flags.seed,
      url: this.#origin.target,
      startedAt,
      durationMs: Math.round(systemClock.nowMs() - beganMs),
      state: result.state,
      ending: this.#ending(result, problems),
      shard: this.#flags.shard ?? null,
      replay: (finding) => this.#replay(finding),
      again: this.#again(),
    });
    const report = gatedBy(gating, over);
    const files = await this.#write(report);
    if (captures !== null) this.#people.note(captures.summary);
    const { failure } = this.#keeper;
    const exit: Ending = failure === null ? report.exit : { exitCode: 5, because: failure };
    this.#people.end({ ...report, exit }, [...files, ...seedFiles]);
    this.#tellUnkept();
    await this.#tellGithub({ ...report, exit });
    if (outputs.takesStdout && exit.exitCode === 5) screen.err(`${exit.because}\n`);
    return exit.exitCode;
  }

  /** Where all sessions are kept, where that is wished for. */
  #openCaptures(): Captures | null {
    const { captureLimit: limitMebibytes } = this.#flags;
    if (this.#subject.profile.captures !== 'all') return null;
    this.#keeper.captures = new Captures(this.#around.outputs.folder, { limitMebibytes });
    return this.#keeper.captures;
  }

  async #run(seeds: FuzzPlan['seeds']): Promise<FuzzResult> {
    const { stored } = this.#around;
    const { signal } = this.#stop;
    const begun = stored?.begun ?? null;
    let keptMs = systemClock.nowMs();
    return runFuzz(planFuzz(this.#subject, this.#flags, { begun, seeds, signal }), (progress) => {
      switch (progress.kind) {
        case 'began':
          return this.#people.began(
            `fuzzing ${this.#origin.target}: answers are awaited for ${progress.replyMs} ms`,
          );
        case 'note':
          return this.#people.note(progress.text);
        case 'finding':
          this.#keep(progress.finding);
          return this.#people.finding(this.#resultOf(progress.finding));
        case 'captured':
          if (!this.#keeper.capture(progress.trace)) this.#stop.abort();
          return;
        case 'state':
          this.#people.state(progress.begun.state);
          if (systemClock.nowMs() - keptMs < checkpointMs) return;
          keptMs = systemClock.nowMs();
          this.#checkpoint(progress.begun);
      }
    });
  }

  async #tellGithub(report: ReturnType<typeof fuzzReport>): Promise<void> {
    const { screen, outputs, gating } = this.#around;
    if (this.#flags.ci !== true) return;
    const { out, err } = screen;
    const write = outputs.takesStdout ? err : out;
    await tellGithub({ report, folder: outputs.folder, gating, write, err, env: process.env });
  }

  #keep(finding: Finding): void {
    if (this.#keeper.keep(finding)) this.#unkept.delete(finding.id);
    else this.#unkept.set(finding.id, finding);
    if (this.#keeper.failure !== null) this.#stop.abort();
  }

  #checkpoint(begun: Begun): void {
    if (!this.#keeper.checkpoint(begun)) this.#stop.abort();
  }

  #ending({ ending }: FuzzResult, problems: readonly string[]): Ending {
    const { failure } = this.#keeper;
    if (failure !== null) return { exitCode: 5, because: failure };
    const [first] = problems;
    if (ending.exitCode !== 0 || first === undefined) return ending;
    return { exitCode: 2, because: `${problems.length} stored seeds cannot be read: ${first}` };
  }

  /** The file that the findings were added to, where that was wished for. */
  #store(findings: readonly Finding[]): readonly string[] {
    const { storeSeeds: wish = false } = this.#flags;
    const lasting = findings.filter(({ steps }) => steps.length > 0);
    if (wish === false || lasting.length === 0) return [];
    const seeds = lasting.map((finding) => seedOf(finding, this.#origin));
    try {
      return [storeSeeds(wish === true ? 'seeds' : wish, this.#subject.protocol, seeds)];
    } catch (fault) {
      if (!(fault instanceof HarnessError)) throw fault;
      this.#fail(fault.message);
      return [];
    }
  }

  async #write(report: ReturnType<typeof fuzzReport>): Promise<readonly string[]> {
    const { outputs, screen } = this.#around;
    try {
      return await outputs.write(report, screen.out);
    } catch (fault) {
      this.#fail(`cannot write the report: ${codeOf(fault)}`);
      return [];
    }
  }

  /** Something could not be written: the first time, it is what the run ends with. */
  #fail(why: string): void {
    this.#keeper.failure ??= why;
    this.#around.screen.err(`qkdspec: ${why}\n`);
  }

  /** What is in no file goes where somebody may still see it. */
  #tellUnkept(): void {
    const { screen } = this.#around;
    if (this.#unkept.size === 0) return;
    screen.err(`qkdspec: findings that could not be written, as seeds:\n`);
    for (const finding of this.#unkept.values()) {
      screen.err(writeSeed(seedOf(finding, this.#origin)));
    }
  }

  #replay(finding: Finding): string {
    if (finding.steps.length === 0) return this.#again();
    const file = `${this.#around.outputs.folder}/${seedName(finding.id)}`;
    return commandFor(['replay', file], this.#subject, this.#flags);
  }

  #again(): string {
    return commandFor(['fuzz'], this.#subject, this.#flags);
  }

  #resultOf(finding: Finding) {
    const result = findingResult(this.#subject, foundResult(finding, this.#replay(finding)));
    const { gating } = this.#around;
    return gating === null ? result : withKnown(result, gating);
  }

  #console(): FuzzConsole {
    const { screen, outputs } = this.#around;
    const { model } = this.#subject.protocol;
    const chart = chartOf(model.session);
    const byId = new Map(Object.values(model.requirements).map((row) => [row.id, row]));
    const plain = outputs.takesStdout || this.#flags.ci === true;
    return fuzzConsole({
      write: outputs.takesStdout ? screen.err : screen.out,
      live: screen.live && !plain,
      colour: screen.colour && !plain,
      columns: Math.min(screen.columns, 120),
      nowMs: () => systemClock.nowMs(),
      requirement: (id) => byId.get(id) ?? null,
      totals: { states: chart.states.length, transitions: chart.transitions.length },
    });
  }
}
