import type { KillMatrix } from './kill.ts';
import type { CampaignKill, MutantRow } from './kill-job.ts';

/** One number of the kill matrix, and what it must reach. */
export interface KillNumber {
  readonly what: string;
  /** `null`: it cannot be told, or has no end. */
  readonly value: number | null;
  /** As people read it. */
  readonly text: string;
  /** `null`: only told. */
  readonly reach: string | null;
  readonly reached: boolean;
}

/** What of the matrix was asked for. */
export interface KillScope {
  readonly suite: boolean;
  /** Messages against sides that are right; 0: none. */
  readonly alarmMessages: number;
  /** Of the mutants, %, that campaigns must kill; 95 without it. */
  readonly campaignReach?: number;
}

/** The numbers of a matrix. @see fuzzing.md, Mutants */
export function killNumbers(matrix: KillMatrix, scope: KillScope): readonly KillNumber[] {
  const { mutants } = matrix;
  const killed = mutants.filter(isKilled);
  const suiteKilled = mutants.filter(({ suite }) => suite !== null && suite.killer !== null);
  const suiteRight = suiteKilled.filter(({ suite }) => suite?.right === true);
  return [
    ...(scope.suite
      ? [
          share('killed by the suite', [suiteKilled, mutants], 95),
          share('of these for the right requirement', [suiteRight, suiteKilled], 90),
        ]
      : []),
    share('killed by the campaign, by most seeds', [killed, mutants], scope.campaignReach ?? 95),
    share('killed by the campaign, by one seed at least', [mutants.filter(isEverKilled), mutants]),
    share('right requirement named, by most seeds', [killed.filter(isRight), killed], 90),
    share('right requirement named first, by most seeds', [killed.filter(isRightFirst), killed]),
    messages(mutants),
    excess(mutants),
    replays(mutants),
    ...(scope.alarmMessages > 0 ? [alarms(matrix, scope.alarmMessages)] : []),
  ];
}

/** True where most seeds find something. */
export function isKilled(row: MutantRow): boolean {
  return most(row, ({ detectedAfter }) => detectedAfter !== null);
}

/** True where most seeds name what the mutant breaks. */
export function isRight(row: MutantRow): boolean {
  return most(row, ({ rightAfter }) => rightAfter !== null);
}

function isRightFirst(row: MutantRow): boolean {
  return most(row, ({ rightFirst }) => rightFirst);
}

function isEverKilled({ campaigns }: MutantRow): boolean {
  return campaigns.some(({ detectedAfter }) => detectedAfter !== null);
}

function most({ campaigns }: MutantRow, test: (one: CampaignKill) => boolean): boolean {
  return 2 * campaigns.filter(test).length > campaigns.length;
}

/** The median; of an even number the upper one. `null` where there is none. */
export function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

function share(
  what: string,
  [part, whole]: readonly [part: readonly unknown[], whole: readonly unknown[]],
  least: number | null = null,
): KillNumber {
  const value = whole.length === 0 ? null : (100 * part.length) / whole.length;
  const percent = value === null ? '-' : `${value.toFixed(1)} %`;
  return {
    what,
    value,
    text: `${percent} (${part.length} of ${whole.length})`,
    reach: least === null ? null : `>= ${least} %`,
    reached: least === null || (value !== null && value >= least),
  };
}

/** Over all campaigns: one that finds nothing would have gone on for ever. */
function messages(mutants: readonly MutantRow[]): KillNumber {
  const all = mutants.flatMap(({ campaigns }) => campaigns);
  const value = median(all.map(({ detectedAfter }) => detectedAfter ?? Number.POSITIVE_INFINITY));
  const ends = value !== null && Number.isFinite(value);
  return {
    what: 'messages to detection, median',
    value: ends ? value : null,
    text: ends ? String(value) : '-',
    reach: '<= 200',
    reached: ends && value <= 200,
  };
}

function excess(mutants: readonly MutantRow[]): KillNumber {
  const differences = mutants.flatMap(({ campaigns, shortest }) =>
    campaigns.flatMap(({ minimalMessages }) =>
      minimalMessages === null ? [] : [minimalMessages - shortest],
    ),
  );
  const value = median(differences);
  return {
    what: 'minimal trace beyond the shortest known, median messages',
    value,
    text: value === null ? '-' : String(value),
    reach: null,
    reached: true,
  };
}

function replays(mutants: readonly MutantRow[]): KillNumber {
  const played = mutants.flatMap(({ campaigns }) =>
    campaigns.flatMap(({ replayed }) => (replayed === null ? [] : [replayed])),
  );
  const shown = played.reduce((sum, one) => sum + one.shown, 0);
  const of = played.reduce((sum, one) => sum + one.of, 0);
  const value = of === 0 ? null : (100 * shown) / of;
  return {
    what: 'findings that show again when played again',
    value,
    text: `${value === null ? '-' : `${value.toFixed(2)} %`} (${shown} of ${of} plays)`,
    reach: '100 %',
    reached: of > 0 && shown === of,
  };
}

function alarms({ correct }: KillMatrix, wished: number): KillNumber {
  const value = correct.reduce((sum, row) => sum + row.alarms.length, 0);
  const messages = correct.reduce((sum, row) => sum + row.messages, 0);
  return {
    what: 'false alarms on sides that are right',
    value,
    text: `${value} in ${messages} messages`,
    reach: `0 in ${wished}`,
    reached: value === 0 && messages >= wished,
  };
}
