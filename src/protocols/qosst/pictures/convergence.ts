import type { Layer, Picture, Point } from '#src/contract/picture.ts';

/** How the decoder fared with one block. */
export interface BlockCourse {
  readonly kind: 'corrected' | 'notReached';
  readonly iterations: number;
  /** Inner checks that were not satisfied after each iteration of the first run. */
  readonly unsettledAfter: readonly number[];
}

/** More blocks than these are drawn as their mean and the room between their extremes. */
const linesAtMost = 24;

/** Unsatisfied checks of each block, iteration by iteration. */
export function convergence(courses: readonly BlockCourse[], innerChecks: number): Picture {
  const lengths = courses.map(({ unsettledAfter }) => unsettledAfter.length);
  const most = Math.max(...courses.flatMap(({ unsettledAfter }) => unsettledAfter), 1);
  const longest = Math.max(...lengths, 5);
  const kinds = courses.map(outcomeOf);
  const count = (outcome: Outcome) => kinds.filter((kind) => kind === outcome).length;
  const iterations = courses.map((course) => course.iterations);
  const outcomes = `${count('reached')} reached, ${count('guessed')} by guessing, ${count('not reached')} not`;
  return {
    id: 'convergence',
    title: 'Decoder convergence',
    description:
      `Unsatisfied checks of Alice's decoder after each iteration, of ${courses.length} blocks: ` +
      `${outcomes}. The decoder stops once these checks, and then all others, are satisfied.`,
    x: { label: 'iteration', scale: 'linear', from: 0, to: longest * 1.04 },
    y: {
      label: `unsatisfied of ${innerChecks} inner checks`,
      scale: 'linear',
      from: -0.04 * most,
      to: most * 1.08,
    },
    layers:
      courses.length > linesAtMost
        ? [...spreadOf(courses), ...endsOf(courses)]
        : [...linesOf(courses), ...endsOf(courses)],
    facts: {
      blocks: outcomes,
      'iterations, least to most': `${Math.min(...iterations)} to ${Math.max(...iterations)}`,
      'inner checks': innerChecks,
    },
    table: [
      [
        'block',
        'outcome',
        'iterations, guesses included',
        'unsatisfied at the end of the first run',
      ],
      ...courses.map((course, at) => [
        at + 1,
        outcomeOf(course),
        course.iterations,
        course.unsettledAfter.at(-1) ?? 0,
      ]),
    ],
  };
}

type Outcome = 'reached' | 'guessed' | 'not reached';

function outcomeOf({ kind, iterations, unsettledAfter }: BlockCourse): Outcome {
  if (kind === 'notReached') return 'not reached';
  return iterations > unsettledAfter.length ? 'guessed' : 'reached';
}

const looks = {
  reached: {
    stroke: 'solid',
    tone: 'first',
    marker: 'square',
    label: 'block that reached its syndrome',
  },
  guessed: {
    stroke: 'dashed',
    tone: 'second',
    marker: 'triangle',
    label: 'block stuck at first, then found by guessing',
  },
  'not reached': {
    stroke: 'dotted',
    tone: 'bad',
    marker: 'times',
    label: 'block not reached, dropped',
  },
} as const satisfies Record<Outcome, object>;

const outcomes = ['reached', 'guessed', 'not reached'] as const;

/** One layer for all blocks of an outcome, their lines parted. */
function linesOf(courses: readonly BlockCourse[]): readonly Layer[] {
  return outcomes.flatMap((outcome): readonly Layer[] => {
    const { stroke, tone } = looks[outcome];
    const at = courses
      .filter((course) => outcomeOf(course) === outcome)
      .flatMap(({ unsettledAfter }) => [...unsettledAfter.map(pointAt), { x: NaN, y: NaN }]);
    return at.length === 0 ? [] : [{ kind: 'line', stroke, tone, at }];
  });
}

function endsOf(courses: readonly BlockCourse[]): readonly Layer[] {
  return outcomes.flatMap((outcome): readonly Layer[] => {
    const { marker, tone, label } = looks[outcome];
    const at = courses
      .filter((course) => outcomeOf(course) === outcome)
      .map(({ unsettledAfter }) => pointAt(unsettledAfter.at(-1) ?? 0, unsettledAfter.length - 1));
    return at.length === 0
      ? []
      : [{ kind: 'points', marker, tone, at, label: `${label}: ${at.length}` }];
  });
}

/** A block that is done stays at 0. */
function spreadOf(courses: readonly BlockCourse[]): readonly Layer[] {
  const longest = Math.max(...courses.map(({ unsettledAfter }) => unsettledAfter.length));
  const rows = Array.from({ length: longest }, (_, at) =>
    courses.map(({ unsettledAfter }) => unsettledAfter[at] ?? 0),
  );
  const band = rows.map((row, at) => ({
    x: at + 1,
    low: Math.min(...row),
    high: Math.max(...row),
  }));
  const mean = rows.map((row, at) =>
    pointAt(row.reduce((sum, value) => sum + value, 0) / row.length, at),
  );
  return [
    { kind: 'band', tone: 'first', at: band, label: 'least to most of all blocks' },
    { kind: 'line', stroke: 'solid', tone: 'ink', at: mean, label: 'mean of all blocks' },
  ];
}

function pointAt(unsettled: number, at: number): Point {
  return { x: at + 1, y: unsettled };
}
