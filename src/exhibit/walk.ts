import type { Chart } from '#src/chart/chart.ts';
import { Tracker } from '#src/chart/tracker.ts';
import type { ExhibitFrame, ExhibitStep } from '#src/contract/exhibit.ts';
import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Settings } from '#src/contract/settings.ts';
import type { TraceEvent } from '#src/contract/trace.ts';
import { exhibitFrame, unfinishedFrame } from './exhibit-frame.ts';
import { FrameCutter, type CutFrame } from './frame-cutter.ts';

/** What a trace is walked with. */
export interface WalkPlan {
  readonly protocol: Protocol;
  readonly chart: Chart;
  readonly settings: Settings;
  readonly peer: string;
  readonly player: string;
}

/** The step that shows what is wrong, and where the session might have stood before it. */
interface Wrong {
  readonly step: number;
  readonly positions: readonly Position[];
  /** The frames that the peer had said on the connection, where there is only one. */
  readonly heard: readonly Uint8Array[];
}

type Carried = Extract<TraceEvent, { readonly bytes: Uint8Array }>;

/** Follows a trace as the judge does, and lays out each thing that happens in it. */
export class Walk {
  readonly #plan: WalkPlan;
  readonly steps: ExhibitStep[] = [];
  #wrong: Wrong | null = null;
  #tracker: Tracker;
  #ears: FrameCutter;
  #mirror: FrameCutter;
  /** False behind what the model refuses: where the session stands then nobody knows. */
  #isKnown = true;
  #lastMs = 0;
  /** Events so far. */
  #count = 0;
  readonly #heard: Uint8Array[] = [];

  constructor(plan: WalkPlan) {
    this.#plan = plan;
    this.#tracker = this.#newTracker();
    this.#ears = this.#newCutter();
    this.#mirror = this.#newCutter();
  }

  /** `null`: nothing was wrong. */
  get wrong(): Wrong | null {
    return this.#wrong;
  }

  /** Cuts what this trace is made of. */
  get cutter(): FrameCutter {
    return this.#ears.fresh();
  }

  /** `isWrong`: the verdict points at this event. */
  take(event: TraceEvent, isWrong: boolean): void {
    const { positions } = this.#tracker;
    const heard = isWrong ? this.#heard.slice() : [];
    this.#lastMs = event.atMs;
    this.#count += 1;
    const refusedAt = this.#take(event);
    if (!isWrong) return;
    const last = Math.max(0, this.steps.length - 1);
    this.#wrong = refusedAt ?? { step: last, positions, heard };
  }

  /** Nothing more happens. */
  end(): void {
    this.#tellUnfinished();
  }

  #take(event: TraceEvent): Wrong | null {
    const { protocol, peer, player } = this.#plan;
    switch (event.kind) {
      case 'opened':
        this.#reopen();
        this.#tell('opened', null, 'the connection begins');
        return null;
      case 'sent':
        return this.#said(event, player);
      case 'received':
        return this.#said(event, peer);
      case 'closed':
        return this.#closed(event);
      case 'silence': {
        const line = `${peer} says nothing for ${Math.round(event.waitedMs)} ms`;
        this.#tell('silence', peer, line);
        return null;
      }
      case 'omitted':
        this.#tracker.forget((context) => protocol.afterOmission(context));
        this.#tell('omitted', null, `left out: ${event.note}`);
        return null;
    }
  }

  #said({ kind, bytes }: Carried, by: string): Wrong | null {
    const { protocol, settings } = this.#plan;
    const frames = (kind === 'sent' ? this.#mirror : this.#ears).push(bytes);
    const isPiece = frames.length === 0 && !this.#isBundle;
    if (isPiece) this.#tell('said', by, `${bytes.length} bytes of a frame`);
    let refused: Wrong | null = null;
    for (const frame of frames) {
      const { positions, likeliest: position } = this.#tracker;
      const count = this.#heard.length;
      const { perceived, ok } = kind === 'sent' ? this.#say(frame) : this.#hear(frame);
      const laid = exhibitFrame(protocol, frame, { perceived, position, settings });
      this.#tell('said', by, protocol.describe(frame.frame), laid);
      if (!ok)
        refused ??= { step: this.steps.length - 1, positions, heard: this.#heard.slice(0, count) };
    }
    return refused;
  }

  #say({ frame }: CutFrame): { readonly perceived: Perceived; readonly ok: true } {
    const look = this.#look(frame, this.#plan.player);
    const perceived = look(this.#tracker.likeliest);
    if (this.#isKnown) this.#tracker.say(this.#plan.player, look);
    return { perceived, ok: true };
  }

  /** `ok`: the model allows it, and nothing about it should be otherwise. */
  #hear({ frame, bytes }: CutFrame): { readonly perceived: Perceived; readonly ok: boolean } {
    const look = this.#look(frame, this.#plan.peer);
    const perceived = look(this.#tracker.likeliest);
    if (!this.#isKnown) return { perceived, ok: true };
    const taken = this.#tracker.hear(look);
    if (!this.#isBundle) this.#heard.push(bytes);
    this.#isKnown = taken.ok;
    if (!taken.ok) return { perceived, ok: false };
    return { perceived: taken.perceived, ok: taken.lints.length === 0 };
  }

  #look(frame: unknown, speaker: string): (position: Position) => Perceived {
    const { protocol, settings } = this.#plan;
    return (position) => protocol.perceive(frame, speaker, position, settings);
  }

  #closed({ by, how }: Extract<TraceEvent, { kind: 'closed' }>): null {
    const { peer, player } = this.#plan;
    this.#tellUnfinished();
    if (by === 'peer' && this.#isKnown) this.#isKnown = this.#tracker.closed();
    const side = by === 'peer' ? peer : player;
    this.#tell('closed', side, `${side} ends the connection (${how})`);
    return null;
  }

  #reopen(): void {
    this.#tellUnfinished();
    this.#tracker = this.#newTracker();
    this.#ears = this.#newCutter();
    this.#mirror = this.#newCutter();
    this.#isKnown = true;
    this.#heard.length = 0;
  }

  /** What was begun and came to nothing is shown where its connection ends. */
  #tellUnfinished(): void {
    const { protocol, peer, player } = this.#plan;
    const begun = [
      ...this.#mirror.rest().map((bytes) => ({ by: player, bytes })),
      ...this.#ears.rest().map((bytes) => ({ by: peer, bytes })),
    ];
    for (const { by, bytes } of begun) {
      const line = `${bytes.length} bytes of a frame that does not end`;
      this.#tell('said', by, line, unfinishedFrame(protocol, bytes));
    }
  }

  #tell(
    kind: ExhibitStep['kind'],
    by: string | null,
    line: string,
    frame: ExhibitFrame | null = null,
  ): void {
    const states = this.#isKnown ? statesOf(this.#tracker.positions) : [];
    const at = Math.max(0, this.#count - 1);
    this.steps.push({ at, kind, by, atMs: this.#lastMs, line, states, frame });
  }

  /** Records of other connections come between the pieces of a frame: these are not told. */
  get #isBundle(): boolean {
    return this.#plan.protocol.bundle !== undefined;
  }

  #newTracker(): Tracker {
    const { protocol, chart, settings, peer } = this.#plan;
    return new Tracker(chart, protocol.model, { peer, input: protocol.sessionInput(settings) });
  }

  #newCutter(): FrameCutter {
    const { protocol, settings } = this.#plan;
    return new FrameCutter(() => protocol.reader(settings), { isBundle: this.#isBundle });
  }
}

function statesOf(positions: readonly Position[]): readonly string[] {
  return [...new Set(positions.flatMap(({ place }) => place.states))];
}
