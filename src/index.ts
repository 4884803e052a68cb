/**
 * The public door of qkdspec. A target is described (`subjectOf`), brought up (`openTarget`) and
 * played with (`OpenTarget.play`); what happened is a trace, which `judge` judges. `planSuite` and
 * `runSuite` run the whole conformance suite; `host` lets a reference side serve, `duet` lets both
 * talk to each other. Key rates of a link are functions of its numbers (`gaussianKeyRate`, …).
 */
export { HarnessError } from './base/errors.ts';
export type { Random } from './base/random.ts';
export { seededRandom } from './base/random.ts';
export type { TargetFlags } from './cli/flags.ts';
export { planSuite, type SuiteChoice } from './cli/plan-suite.ts';
export { subjectOf, type Subject } from './cli/profile.ts';
export { protocolOf } from './cli/target-url.ts';
export type { Case, CasePlayer, Expectation, Heard, JudgedFrame } from './contract/case.ts';
export { settingsFor } from './contract/choose.ts';
export type { Flaw, Perceived, Utterance } from './contract/frame.ts';
export type { Protocol } from './contract/protocol.ts';
export type { Progress, Report, Result, Summary } from './contract/report.ts';
export type { Settings } from './contract/settings.ts';
export type { Mutant, SideRecord } from './contract/side.ts';
export type { Profile, Target } from './contract/target.ts';
export type { Ending, Trace, TraceEvent } from './contract/trace.ts';
export type { Verdict, VerdictName, Violation } from './contract/verdict.ts';
export { replayStored } from './fuzz/replay-stored.ts';
export { judge } from './judge/judge.ts';
export { constellationConstants, discreteKeyRate } from './optics/key-rate/discrete.ts';
export { finiteKeyRate, type BlockSize } from './optics/key-rate/finite-size.ts';
export { gaussianKeyRate, type KeyRate } from './optics/key-rate/gaussian.ts';
export type { Detector, LinkParameters } from './optics/key-rate/parameters.ts';
export { constellationOf, type Modulation } from './optics/modulation/modulation.ts';
export { parseModulation } from './optics/modulation/parse.ts';
export { host, type Casting } from './play/host.ts';
export type { Player } from './play/player.ts';
export { PlayEnded } from './play/stage.ts';
export { protocols } from './protocols/index.ts';
export { readTrace, writeTrace } from './report/trace-file.ts';
export { traceText } from './report/trace-text.ts';
export { duet, type Duet, type DuetOptions } from './suite/duet.ts';
export { openTarget, type OpenTarget, type Play } from './suite/open-target.ts';
export { recordOf } from './suite/target-parts.ts';
export { runSuite } from './suite/run-suite.ts';
export type { SuitePlan } from './suite/suite.ts';
