import { today } from '#src/base/clock.ts';
import { nodeVersion } from '#src/base/platform.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Ending, Report, Result, Share } from '#src/contract/report.ts';
import { summaryOf } from '#src/gate/ending.ts';
import type { Told } from './court.ts';

/** What a run of a proxy is called. */
export interface Run {
  readonly protocol: Protocol;
  /** Where clients were passed on to. */
  readonly url: string;
  readonly profile: Readonly<Record<string, unknown>>;
}

/** Adds up what the sessions of a proxy came to. */
export class Tally {
  readonly #run: Run;
  readonly #startedAt = today();
  readonly results: Result[] = [];
  readonly #states = new Set<string>();
  readonly #transitions = new Set<string>();

  constructor(run: Run) {
    this.#run = run;
  }

  add({ results, states, transitions }: Extract<Told, { kind: 'judged' }>): void {
    this.results.push(...results);
    for (const state of states) this.#states.add(state);
    for (const transition of transitions) this.#transitions.add(transition);
  }

  report(durationMs: number, { interrupted, unreachable }: Circumstances): Report {
    const { protocol, url, profile } = this.#run;
    const chart = chartOf(protocol.model.session);
    const states = sharing(chart.states, this.#states);
    const transitions = sharing(chart.transitions, this.#transitions);
    const named = Object.values(protocol.model.requirements)
      .filter((row) => row.unobservable === undefined)
      .map((row) => row.id);
    const looked = new Set(this.results.flatMap((result) => result.requirements));
    const requirements = sharing(named, looked);
    return {
      schema: 'qkdspec-report/1',
      tool: { name: 'qkdspec', version: '0.1.0', node: nodeVersion },
      seed: 0,
      target: { url, side: protocol.model.sides.join(', '), protocol: protocol.name },
      profile,
      startedAt: this.#startedAt.toISOString(),
      durationMs: Math.round(durationMs),
      summary: summaryOf(this.results),
      coverage: {
        states: states.share,
        transitions: transitions.share,
        requirements: requirements.share,
        reached: {
          states: states.names,
          transitions: transitions.names,
          requirements: requirements.names,
        },
      },
      exit: this.#ending({ interrupted, unreachable }),
      results: this.results,
      notes: [],
    };
  }

  /** Sessions that were seen have verdicts, however the proxy ended. */
  #ending({ interrupted, unreachable }: Circumstances): Ending {
    const failed = this.results.filter(({ verdict }) => verdict === 'fail');
    const sessions = this.results.length / this.#run.protocol.model.sides.length;
    if (failed.length > 0) {
      const blamed = [...new Set(failed.map(({ side }) => side))].join(' and ');
      return { exitCode: 1, because: `${blamed} broke what must hold` };
    }
    const unread = this.results.find(({ verdict }) => verdict === 'untestable');
    if (unread !== undefined)
      return { exitCode: 4, because: unread.explanation ?? 'nothing was read' };
    if (sessions > 0) return { exitCode: 0, because: 'both sides conformant' };
    if (unreachable !== null) return { exitCode: 3, because: unreachable };
    if (interrupted) return { exitCode: 130, because: 'interrupted before anybody came' };
    return { exitCode: 4, because: 'no session was seen' };
  }
}

/** How a run ended. */
export interface Circumstances {
  readonly interrupted: boolean;
  /** Why no client could be passed on; `null`: each could. */
  readonly unreachable: string | null;
}

function sharing(all: readonly string[], hit: ReadonlySet<string>) {
  const names = [...new Set(all)].filter((name) => hit.has(name)).toSorted();
  const share: Share = { hit: names.length, total: all.length };
  return { share, names };
}
