import { requirements } from '#models/qosst/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { member, numbers } from './say.ts';

/** What ends the emission that symbols belong to. */
const newEmission = [
  'qieRequest',
  'qieTrigger',
  'initializationRequest',
  'abort',
  'identificationRequest',
];
/** After these a parameter may have another value than the last one told. */
const newParameters = ['initializationRequest', 'identificationRequest'];

/** Within one emission an index has one symbol, however often and in whatever order it is asked. */
const symbolsKept: Audit = {
  requirement: requirements.symbolsMatchIndices,
  check(frames, peer) {
    const known = new KnownSymbols();
    let asked: readonly number[] = [];
    /** Frames since the last answer: of several nobody can say which it answers. */
    let open = 0;
    for (const frame of withinSessions(frames, () => known.clear())) {
      const { message, payload } = frame.perceived;
      const content = payload['content'];
      if (newEmission.includes(message ?? '')) known.clear();
      if (message === 'peSymbolsRequest') asked = numbers(member(content, 'indices'));
      const isSure = open === 1;
      open = frame.by === 'peer' ? 0 : open + 1;
      if (message !== 'peSymbolsResponse' || frame.by !== 'peer' || !isSure) continue;
      const real = numbers(member(content, 'symbols_real'));
      const imag = numbers(member(content, 'symbols_imag'));
      const other = known.contradicted({ asked, real, imag });
      if (other !== null) return { at: frame.at, detail: `${peer} gave ${other}` };
    }
    return null;
  },
};

interface Answer {
  readonly asked: readonly number[];
  readonly real: readonly number[];
  readonly imag: readonly number[];
}

/** The symbols of one emission that were told. */
class KnownSymbols {
  /** Answers whose indices only rise, from each to the next: nothing was asked twice in them. */
  #risen: Answer[] = [];
  #highest = -Infinity;
  /** By index, once something may have been asked twice; most sessions never do. */
  #symbols: Map<number, string> | null = null;

  clear(): void {
    this.#risen = [];
    this.#highest = -Infinity;
    this.#symbols = null;
  }

  /** Takes an answer; how it contradicts an earlier one, or `null`. */
  contradicted(answer: Answer): string | null {
    if (this.#symbols === null && risesFrom(this.#highest, answer.asked)) {
      this.#highest = answer.asked.at(-1) ?? this.#highest;
      this.#risen.push(answer);
      return null;
    }
    const symbols = this.#symbols ?? new Map<number, string>();
    this.#symbols = symbols;
    for (const earlier of this.#risen.splice(0)) contradiction(symbols, earlier);
    return contradiction(symbols, answer);
  }
}

function risesFrom(highest: number, indices: readonly number[]): boolean {
  let last = highest;
  for (const index of indices) {
    if (!(index > last)) return false;
    last = index;
  }
  return true;
}

function contradiction(symbols: Map<number, string>, { asked, real, imag }: Answer): string | null {
  for (const [position, index] of asked.entries()) {
    const symbol = `${real[position]} + ${imag[position]}i`;
    const before = symbols.get(index) ?? symbol;
    symbols.set(index, symbol);
    if (before !== symbol) return `index ${index} the symbol ${symbol} after ${before}.`;
  }
  return null;
}

/** The old value of a parameter is the new one that was told last. */
const parametersKept: Audit = {
  requirement: requirements.parameterChangedContent,
  check(frames, peer) {
    const known = new Map<string, string>();
    for (const frame of withinSessions(frames, () => known.clear())) {
      const { message, payload } = frame.perceived;
      if (newParameters.includes(message ?? '')) known.clear();
      if (message !== 'parameterChanged' || frame.by !== 'peer') continue;
      const name = String(member(payload['content'], 'parameter'));
      const old = shown(member(payload['content'], 'old_value'));
      const before = known.get(name) ?? old;
      known.set(name, shown(member(payload['content'], 'new_value')));
      if (before === old) continue;
      const detail = `${peer} called ${old} the old value of ${name} after changing it to ${before}.`;
      return { at: frame.at, detail };
    }
    return null;
  },
};

/** Properties of what a side remembers: they hold within one connection. */
export const memoryAudits: readonly Audit[] = [symbolsKept, parametersKept];

function* withinSessions(
  frames: readonly JudgedFrame[],
  forget: () => void,
): Generator<JudgedFrame> {
  let session: number | null = null;
  for (const frame of frames) {
    if (session !== frame.session) forget();
    session = frame.session;
    yield frame;
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? Number(part) : part,
  );
}
