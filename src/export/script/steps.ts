import { RecordDecoder, type RecordPiece } from '#src/base/records.ts';
import type { Exhibit } from '#src/contract/exhibit.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';

/** One thing that a script does or expects. */
export type ScriptStep =
  | { readonly do: 'open' }
  | { readonly do: 'wait'; readonly ms: number; readonly lines: readonly string[] }
  | (At & {
      readonly do: 'say' | 'hear';
      /** The bytes, in the pieces in which they lay. */
      readonly hex: readonly string[];
      readonly lines: readonly string[];
      readonly hides?: true;
    })
  | (At & { readonly do: 'leave' | 'ended'; readonly how: 'end' | 'reset'; lines: string[] });

/** Which connection. */
interface At {
  readonly strand: string;
  readonly opener: 'player' | 'peer';
  readonly end: number;
}

/** The steps of a trace up to what is wrong in it. */
export function scriptSteps(about: {
  readonly protocol: Protocol;
  readonly trace: Trace;
  readonly exhibit: Exhibit;
}): readonly ScriptStep[] {
  const { trace, exhibit } = about;
  const writer = new StepWriter(about);
  const last = exhibit.verdict.violation?.at ?? trace.events.length;
  for (const [at, event] of trace.events.slice(0, last + 1).entries()) {
    writer.take(event, { at, isLast: at === last });
  }
  return writer.steps;
}

class StepWriter {
  readonly steps: ScriptStep[] = [];
  readonly #playerIsClient: boolean;
  readonly #isBundle: boolean;
  readonly #exhibit: Exhibit;
  #records = { sent: new RecordDecoder(), received: new RecordDecoder() };

  constructor(about: {
    readonly protocol: Protocol;
    readonly trace: Trace;
    readonly exhibit: Exhibit;
  }) {
    this.#playerIsClient = about.trace.peer === about.protocol.model.server;
    this.#isBundle = about.protocol.bundle !== undefined;
    this.#exhibit = about.exhibit;
  }

  /** `isLast`: it shows what is wrong. */
  take(event: TraceEvent, { at, isLast }: { at: number; isLast: boolean }): void {
    const lines = this.#linesAt(at);
    switch (event.kind) {
      case 'opened':
        this.#records = { sent: new RecordDecoder(), received: new RecordDecoder() };
        this.steps.push({ do: 'open' });
        return;
      case 'sent':
      case 'received':
        return this.#carry(event, { at, isLast });
      case 'closed': {
        if (this.#isBundle && !isLast) return;
        const how = event.how === 'reset' ? 'reset' : 'end';
        this.steps.push({
          do: event.by === 'player' ? 'leave' : 'ended',
          how,
          lines,
          ...this.#one,
        });
        return;
      }
      case 'silence':
        if (isLast) this.steps.push({ do: 'wait', ms: event.waitedMs, lines });
        return;
      case 'omitted':
        return;
    }
  }

  #carry(
    { kind, bytes }: Extract<TraceEvent, { bytes: Uint8Array }>,
    { at, isLast }: { at: number; isLast: boolean },
  ): void {
    if (!this.#isBundle) return this.#put(kind, { ...this.#one, bytes, at });
    for (const piece of this.#records[kind].push(bytes)) {
      const strand = this.#strandOf(piece);
      if (piece.kind === 'bad' || strand === null) continue;
      if (piece.kind === 'data') this.#put(kind, { ...strand, bytes: piece.bytes, at });
      else if (kind === 'sent' || isLast) {
        const how = piece.kind === 'reset' ? 'reset' : 'end';
        this.steps.push({ do: kind === 'sent' ? 'leave' : 'ended', how, lines: [], ...strand });
      }
    }
  }

  /** What follows on the same connection, said by the same side, is one step. */
  #put(
    kind: 'sent' | 'received',
    { bytes, at, ...where }: At & { readonly bytes: Uint8Array; readonly at: number },
  ): void {
    const what = kind === 'sent' ? 'say' : 'hear';
    const piece = Buffer.from(bytes).toString('hex');
    const lines = this.#linesAt(at);
    const last = this.steps.at(-1);
    const isOn = last !== undefined && 'hex' in last && last.do === what;
    const goesOn = isOn && last.strand === where.strand;
    const before = goesOn ? last : { hex: [], lines: [] };
    if (goesOn) this.steps.pop();
    const hides = this.#hidesAt(at) || ('hides' in before && before.hides === true);
    this.steps.push({
      do: what,
      ...where,
      hex: [...before.hex, piece],
      lines: [...new Set([...before.lines, ...lines])],
      ...(hides ? { hides } : {}),
    });
  }

  get #one(): At {
    return { strand: '', opener: this.#playerIsClient ? 'player' : 'peer', end: 0 };
  }

  #strandOf(piece: RecordPiece): At | null {
    if (piece.kind === 'bad' || piece.kind === 'route') return null;
    const { end, by, connection } = piece;
    const isPlayers = (by === 0) === this.#playerIsClient;
    return { strand: `${end} ${by} ${connection}`, opener: isPlayers ? 'player' : 'peer', end };
  }

  #linesAt(at: number): string[] {
    return this.#exhibit.steps.filter((step) => step.at === at).map(({ line }) => line);
  }

  #hidesAt(at: number): boolean {
    return this.#exhibit.steps.some(
      (step) => step.at === at && (step.frame?.secret.length ?? 0) > 0,
    );
  }
}
