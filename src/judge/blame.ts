import type { Blame, Requirement } from '#models/language/index.ts';
import { seededRandom } from '#src/base/random.ts';
import type { Chart, Position } from '#src/chart/chart.ts';
import { moves } from '#src/chart/path.ts';
import type { Refusal } from '#src/chart/tracker.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import { isLint } from '#src/contract/lint.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { Ending } from '#src/contract/trace.ts';
import type { Outcome, Violation } from '#src/contract/verdict.ts';

/** Where a trace stood when its peer went wrong. */
export interface Scene {
  readonly protocol: Protocol;
  readonly chart: Chart;
  readonly settings: Settings;
  readonly peer: string;
  readonly positions: readonly Position[];
  readonly frames: readonly JudgedFrame[];
  /** Bytes of a frame that the peer began and did not finish. */
  readonly pendingBytes: number;
  readonly at: number;
}

/** A frame that no position allows. */
export function blameFrame(scene: Scene, refusals: readonly Refusal[]): Violation {
  const [refusal] = refusals;
  if (refusal === undefined) throw new RangeError('a refused frame was refused from somewhere');
  const requirement = brokenBy(scene, refusal);
  const { perceived } = refusal;
  const flaw = flawOf(refusal);
  const allowed = allowedMoves(scene);
  const said = label(scene.protocol, perceived);
  const actual = flaw === undefined ? said : `${said}: ${flaw.detail}`;
  const kind = flaw === undefined ? 'answer' : flaw.kind === 'unfit' ? 'content' : 'frame';
  const sentence = `${titled(scene.peer)} sent ${actual}. ${difference(scene, refusal, allowed)}`;
  return violation(scene, { kind, requirement, actual, allowed, sentence });
}

/** A frame that counts, and should be otherwise. */
export function blameLint(scene: Scene, perceived: Perceived, lint: Flaw): Violation {
  const actual = `${label(scene.protocol, perceived)}: ${lint.detail}`;
  return violation(scene, {
    kind: lint.kind === 'unfit' ? 'content' : 'frame',
    requirement: lint.requirement,
    actual,
    allowed: allowedMoves(scene),
    sentence: `${titled(scene.peer)} sent ${actual}. What it says counts all the same.`,
  });
}

/** An answer that was owed and did not come. */
export function blameSilence(scene: Scene, waitedMs: number): Violation {
  const begun = scene.pendingBytes > 0 ? `, after ${scene.pendingBytes} bytes of a frame` : '';
  const actual = `silence for ${Math.round(waitedMs)} ms${begun}`;
  const unfinished = scene.pendingBytes > 0 ? scene.protocol.model.unfinished : undefined;
  const requirement = unfinished ?? covering(scene) ?? blamed(scene, 'silence');
  const sentence = `${titled(scene.peer)} said nothing for ${Math.round(waitedMs)} ms${begun}.`;
  return violation(scene, {
    kind: 'silence',
    requirement,
    actual,
    allowed: allowedMoves(scene),
    sentence,
  });
}

/** A connection that the peer closed where it must not. */
export function blameClosing(scene: Scene, how: Ending, owed: boolean): Violation {
  const actual = how === 'reset' ? 'connection reset (RST)' : 'connection closed (FIN)';
  const requirement = (owed ? covering(scene) : null) ?? blamed(scene, 'closing');
  const sentence = `${titled(scene.peer)} ended the connection (${how}).`;
  return violation(scene, {
    kind: 'closed',
    requirement,
    actual,
    allowed: allowedMoves(scene),
    sentence,
  });
}

/** How people call a message: its name and code as the documents have them. */
export function label(protocol: Protocol, perceived: Perceived): string {
  if (perceived.message !== null) return messageLabel(protocol, perceived.message);
  const [flaw] = perceived.flaws;
  return flaw === undefined ? 'a frame' : `a frame that is ${flaw.kind}`;
}

function messageLabel(protocol: Protocol, message: string): string {
  const row = protocol.model.messages[message];
  if (row === undefined) return message;
  return 'code' in row ? `${row.wireName} (${String(row.code)})` : row.wireName;
}

/** A message written by other rules may have dozens. */
const flawsTold = 4;

interface Found {
  readonly kind: Violation['kind'];
  readonly requirement: Requirement;
  readonly actual: string;
  readonly allowed: readonly Allowed[];
  readonly sentence: string;
}

function violation(scene: Scene, found: Found): Violation {
  const { kind, requirement, actual, allowed, sentence } = found;
  const { protocol, frames, peer, at } = scene;
  const asked = frames.findLast((frame) => frame.by === 'player');
  const after = asked === undefined ? 'At the start' : `After ${label(protocol, asked.perceived)}`;
  const flaws = asked?.perceived.flaws.map((flaw) => flaw.detail) ?? [];
  const more = flaws.length > flawsTold ? `; and ${flaws.length - flawsTold} more` : '';
  const bent = flaws.length > 0 ? ` (${flaws.slice(0, flawsTold).join('; ')}${more})` : '';
  const set = allowed.map((move) => move.label).join(', ') || `nothing from ${peer}`;
  const explanation =
    `${after}${bent} the model allows {${set}} because ${requirement.id} says: ` +
    `"${requirement.text}" ${sentence}`;
  const expected: Outcome[] = allowed.map((move) => ({ outcome: move.label, why: move.why }));
  return { kind, requirement, expected, actual, explanation: explanation.trim(), at };
}

interface Allowed {
  readonly message: string;
  readonly label: string;
  readonly why: string;
}

/** Everything that the peer may say, from wherever the session may stand. */
function allowedMoves(scene: Scene): readonly Allowed[] {
  const { protocol, chart, settings, peer } = scene;
  const random = seededRandom(0);
  const found = new Map<string, Allowed>();
  for (const position of scene.positions) {
    const contents = (message: string, at: Position) =>
      protocol.contents(message, { position: at, settings, random });
    for (const move of moves(chart, protocol.model, { position, contents })) {
      if (move.speaker !== peer || found.has(move.message)) continue;
      const why = position.place.covers[0]?.text ?? 'The model allows it here.';
      found.set(move.message, {
        message: move.message,
        label: messageLabel(protocol, move.message),
        why,
      });
    }
  }
  const exceptional = (move: Allowed) =>
    protocol.model.messages[move.message]?.exceptional === true;
  const all = [...found.values()];
  return [...all.filter((move) => !exceptional(move)), ...all.filter(exceptional)];
}

function brokenBy(scene: Scene, refusal: Refusal): Requirement {
  const { position, perceived, why } = refusal;
  const { model } = scene.protocol;
  const flaw = flawOf(refusal);
  if (flaw !== undefined) return flaw.requirement;
  if (why === 'outOfTurn') return blamed(scene, 'outOfTurn');
  const row = model.messages[perceived.message ?? ''];
  if (row?.saidBy.includes(scene.peer) === false) return blamed(scene, 'wrongMessage');
  const type = `${scene.peer}.${perceived.message}`;
  const early = bound(scene, [model.early?.[perceived.message ?? '']])[0];
  const [after] = bound(scene, [model.after?.[lastHeard(scene) ?? '']]);
  const fallback = early ?? blamed(scene, 'wrongMessage');
  const mayCross = !model.turnTaking && early !== undefined;
  if (!position.place.listens.has(type) && mayCross) return early;
  if (!position.place.listens.has(type)) return after ?? covering(scene) ?? fallback;
  const guarded = scene.chart
    .guardsOf(position.place, type)
    .flatMap((guard) => model.guards[guard] ?? []);
  const covers = bound(scene, position.place.covers);
  /** What is owed for something else has nothing to do with a call at the wrong time. */
  if (mayCross) return bound(scene, guarded)[0] ?? early;
  return bound(scene, guarded)[0] ?? after ?? covers.at(-1) ?? fallback;
}

/**
 * What is wrong with a frame itself: what must not be before what only should not. Where it is not
 * allowed, that may be for what it says otherwise than it should; how it is written changes nothing.
 */
function flawOf({ perceived, why }: Refusal): Flaw | undefined {
  const { flaws } = perceived;
  if (why !== 'flaw') return flaws.find((flaw) => !isLint(flaw) || flaw.kind !== 'malformed');
  return flaws.find((flaw) => flaw.harmless !== true && !isLint(flaw)) ?? flaws[0];
}

/** What the peer heard last, where nothing was wrong with it. */
function lastHeard({ frames }: Scene): string | null {
  const last = frames.findLast((frame) => frame.by === 'player');
  return last === undefined || last.perceived.flaws.length > 0 ? null : last.perceived.message;
}

/** Those that bind the peer. */
function bound(scene: Scene, rows: readonly (Requirement | undefined)[]): readonly Requirement[] {
  return rows.filter(
    (row): row is Requirement => row !== undefined && [scene.peer, 'any'].includes(row.binds),
  );
}

function difference(scene: Scene, refusal: Refusal, allowed: readonly Allowed[]): string {
  const { perceived } = refusal;
  const same = allowed.find((move) => move.message === perceived.message);
  const flaw = flawOf(refusal);
  if (same !== undefined) {
    const where = flaw === undefined ? 'what its content says' : 'what is named here';
    return `The nearest allowed answer is the same message; it differs in ${where}.`;
  }
  const [nearest] = allowed;
  if (nearest === undefined) return `Nothing was owed: it had to wait for its turn.`;
  return `The nearest allowed answer, ${nearest.label}, differs in its code.`;
}

function covering(scene: Scene): Requirement | null {
  return (
    bound(
      scene,
      scene.positions.flatMap(({ place }) => place.covers),
    )[0] ?? null
  );
}

function blamed(scene: Scene, blame: Blame): Requirement {
  const { model } = scene.protocol;
  const requirement = model.blame[blame][scene.peer] ?? Object.values(model.blame[blame])[0];
  if (requirement === undefined) throw new TypeError(`the model blames nobody for ${blame}`);
  return requirement;
}

function titled(side: string): string {
  return side.slice(0, 1).toUpperCase() + side.slice(1);
}
