import type { KillMatrix } from './kill.ts';
import { peerName } from './kill-correct.ts';
import type { CampaignKill, CorrectRow, FaultRow, MutantRow } from './kill-job.ts';
import { isKilled, isRight, median, type KillNumber } from './kill-numbers.ts';

/** Widths of the columns behind a mutant's name. */
const widths = [6, 7, 6, 6, 9, 10, 9, 7] as const;
const headings = [
  ...['suite', 'killed', 'right', 'first', 'messages', 'minimal', 'replay', 's'],
] as const;

/** Longest explanation that is shown: the file has it whole. */
const longest = 160;

/** What the columns are. */
export function headingLine(names: readonly string[]): string {
  return line('mutant', headings, names);
}

/** One mutant in one line; numbers of several seeds are medians. */
export function mutantLine(row: MutantRow, names: readonly string[]): string {
  const { campaigns, shortest, suite } = row;
  const of = campaigns.length;
  const count = (test: (one: CampaignKill) => boolean) => `${campaigns.filter(test).length}/${of}`;
  const detected = middle(campaigns, ({ detectedAfter }) => detectedAfter);
  const minimal = middle(campaigns, ({ minimalMessages }) => minimalMessages);
  const replayed = campaigns.flatMap((one) => one.replayed ?? []);
  const cells = [
    suite === null ? '-' : suite.right ? 'right' : suite.killer === null ? 'NO' : 'other',
    count(({ detectedAfter }) => detectedAfter !== null),
    count(({ rightAfter }) => rightAfter !== null),
    count(({ rightFirst }) => rightFirst),
    detected === null ? '-' : String(detected),
    minimal === null ? '-' : `${minimal} of ${shortest}`,
    `${sum(replayed, ({ shown }) => shown)}/${sum(replayed, ({ of: plays }) => plays)}`,
    (row.durationMs / 1000).toFixed(1),
  ];
  return line(row.mutant, cells, names);
}

/** What was found wrong with a side that is right; nothing where all is well. */
export function alarmLines({ protocol, peer, alarms }: CorrectRow): readonly string[] {
  return alarms.map(
    ({ requirement, explanation }) =>
      `FALSE ALARM ${protocol}, ${peerName(peer)}: ${requirement}: ${short(explanation)}`,
  );
}

/** What could not be done. */
export function faultLine({ job, message }: FaultRow): string {
  const what = job.kind === 'mutant' ? job.mutant : peerName(job.peer);
  return `FAULT ${job.protocol}, ${what}: ${message}`;
}

/** Who survived, and who was killed for something else. */
export function survivorLines({ mutants }: KillMatrix): readonly string[] {
  const suite = mutants.filter((row) => row.suite !== null);
  return [
    ...group('survived the suite', suite, {
      is: (row) => row.suite?.killer === null,
      because: (row) => row.suite?.because ?? '',
    }),
    ...group('killed by the suite for another requirement', suite, {
      is: (row) => row.suite?.killer !== null && row.suite?.right === false,
      because: (row) => row.suite?.killer ?? '',
    }),
    ...group('survived most campaigns', mutants, {
      is: (row) => !isKilled(row),
      because: ({ campaigns }) => campaigns.find(({ because }) => because !== null)?.because ?? '',
    }),
    ...group('killed by campaigns for other requirements', mutants, {
      is: (row) => isKilled(row) && !isRight(row),
      because: ({ campaigns }) => [...new Set(campaigns.flatMap(({ named }) => named))].join(', '),
    }),
  ];
}

/** The numbers as a table: `what | value | reach | ok`. */
export function numberLines(numbers: readonly KillNumber[]): readonly string[] {
  const rows = [
    ['what', 'value', 'reach', 'ok'],
    ...numbers.map(({ what, text, reach, reached }) => [
      ...[what, text, reach ?? '-', reach === null ? '' : reached ? 'yes' : 'NO'],
    ]),
  ];
  const columns = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(columns[at] ?? 0))
      .join(' | ')
      .trimEnd(),
  );
}

function line(name: string, cells: readonly string[], names: readonly string[]): string {
  const width = Math.max('mutant'.length, ...names.map((one) => one.length));
  const columns = cells.map((cell, at) => cell.padStart(widths[at] ?? 0));
  return `${name.padEnd(width)} ${columns.join(' ')}`;
}

function group(
  heading: string,
  rows: readonly MutantRow[],
  which: { is: (row: MutantRow) => boolean; because: (row: MutantRow) => string },
): readonly string[] {
  const members = rows.filter(which.is);
  if (members.length === 0) return [];
  const lines = members.map((row) => {
    const because = which.because(row);
    return `  ${row.mutant}: ${row.title} [${row.breaks}]${because === '' ? '' : ` (${short(because)})`}`;
  });
  return [`${heading} (${members.length}):`, ...lines];
}

function short(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** The median of what campaigns came to; `null` where it is not among what they came to. */
function middle(
  campaigns: readonly CampaignKill[],
  value: (one: CampaignKill) => number | null,
): number | null {
  return median(campaigns.flatMap((one) => value(one) ?? []));
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
