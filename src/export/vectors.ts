import { isLint } from '#src/contract/lint.ts';
import type { Exhibit, ExhibitFrame, ExhibitStep } from '#src/contract/exhibit.ts';
import type { Flaw } from '#src/contract/frame.ts';
import { secretsNote } from './notes.ts';
import type { Vector, Vectors } from './vectors-schema.ts';

/** All frames of some sessions of one protocol, each once, as test vectors for its readers. */
export function vectors(exhibits: readonly Exhibit[]): Vectors {
  const gathered = new Gathered();
  for (const [index, exhibit] of exhibits.entries()) {
    for (const step of exhibit.steps) gathered.take(step, { exhibit, trace: index + 1 });
  }
  const [first] = exhibits;
  const secrets = exhibits.flatMap((exhibit) => secretsNote(exhibit) ?? []);
  return {
    algorithm: first?.protocol ?? '',
    schema: 'qkdspec-vectors/1',
    numberOfTests: gathered.count,
    header: [
      'Frames as they were said in sessions, each judged where it stood: what went before counts.',
      ...(secrets.length > 0 ? ['It holds key material in clear: keep it as you keep keys.'] : []),
    ],
    notes: gathered.notes,
    testGroups: [...gathered.groups.values()],
  };
}

type Group = Vectors['testGroups'][number];

class Gathered {
  readonly groups = new Map<string, Group>();
  readonly notes: Vectors['notes'] = {};
  readonly #known = new Set<string>();

  get count(): number {
    return this.#known.size;
  }

  take(
    { frame, by, line }: ExhibitStep,
    { exhibit, trace }: { readonly exhibit: Exhibit; readonly trace: number },
  ): void {
    const isFrame = frame !== null && (frame.message !== null || frame.flaws.length > 0);
    if (!isFrame || by === null || frame.bytes.length === 0) return;
    const { dialect } = exhibit;
    const hex = Buffer.from(frame.bytes).toString('hex');
    const about = { ...judgedFrame(frame), trace };
    const key = JSON.stringify([by, dialect, hex, about.result, about.flags]);
    if (this.#known.has(key)) return;
    this.#known.add(key);
    for (const flaw of frame.flaws) this.#explain(flaw);
    const name = `${by} ${dialect}`;
    const group = this.groups.get(name) ?? { type: 'FrameOf', side: by, dialect, tests: [] };
    this.groups.set(name, group);
    const { message } = frame;
    group.tests.push({ tcId: this.count, comment: line, message, frame: hex, ...about });
  }

  #explain({ kind, requirement: { id, text, cite } }: Flaw): void {
    this.notes[id] ??= {
      bugType: kind,
      description: text,
      links: [`${cite.document}, ${cite.section}`],
    };
  }
}

function judgedFrame({ flaws }: ExhibitFrame): Pick<Vector, 'result' | 'flags' | 'requirement'> {
  return {
    result: resultOf(flaws),
    flags: [...new Set(flaws.map(({ requirement }) => requirement.id))],
    requirement: flaws[0]?.requirement.id ?? null,
  };
}

/** What its receiver may pass over, or what only should be otherwise, is acceptable. */
function resultOf(flaws: readonly Flaw[]): Vector['result'] {
  if (flaws.length === 0) return 'valid';
  const isGrave = (flaw: Flaw) => flaw.tolerable !== true && !isLint(flaw);
  return flaws.some(isGrave) ? 'invalid' : 'acceptable';
}
