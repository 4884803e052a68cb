import { painter } from '../paint.ts';
import { counted, paragraph, printable } from '../text.ts';
import type { Answer, Meeting, Question } from './meetings.ts';
import type { Cell, Matrix } from './matrix.ts';

/** Rows that a screen bears; --json and markdown have all. */
const mostRows = 60;

/** A matrix for people: what is not alike or not right, then who will understand whom. */
export function matrixLines(
  matrix: Matrix,
  screen: { readonly columns: number; readonly colour: boolean },
): readonly string[] {
  const told = matrix.rows.filter(({ cells }) => isTelling(cells));
  const alike = matrix.rows.length - told.length;
  return [
    ...matrix.columns.flatMap(({ name, protocol, side, exit }, at) =>
      paragraph(`${letter(at)}  `, `${name}: ${protocol} ${side}, exit ${exit.exitCode}`, {
        ...screen,
        lines: 2,
      }),
    ),
    '',
    ...table(matrix, told.slice(0, mostRows), screen),
    ...(told.length > mostRows ? [`and ${told.length - mostRows} more; --json has all`] : []),
    `${counted(alike, matrix.by)} ${alike === 1 ? 'passes' : 'pass'} wherever tested`,
    ...meetingLines(matrix.meetings, screen),
  ];
}

/** A, B, … Z, AA, … */
function letter(at: number): string {
  const before = at < 26 ? '' : letter(Math.floor(at / 26) - 1);
  return before + String.fromCodePoint(65 + (at % 26));
}

/** Not one and the same good verdict in every column that has one. */
function isTelling(cells: readonly (Cell | null)[]): boolean {
  return cells.some((cell) => cell !== null && !['pass', 'notApplicable'].includes(cell.verdict));
}

function table(
  { by, columns }: Matrix,
  rows: Matrix['rows'],
  { colour }: { readonly colour: boolean },
): readonly string[] {
  if (rows.length === 0) return [];
  const paint = painter(colour);
  const drawn = rows.map(({ cells }) => cells.map(cellText));
  const widths = columns.map((_, at) =>
    Math.max(letter(at).length, ...drawn.map((texts) => texts[at]?.length ?? 0)),
  );
  const first = Math.max(by.length, ...rows.map(({ id }) => id.length));
  const head = columns.map((_, at) => letter(at).padEnd(widths[at] ?? 0)).join('  ');
  const lines = rows.map(({ id, cells }, row) => {
    const texts = cells.map((cell, at) => {
      const text = (drawn[row]?.[at] ?? '').padEnd(widths[at] ?? 0);
      return cell === null ? text : paint(cell.verdict, text);
    });
    return `${id.padEnd(first)}  ${texts.join('  ')}`.trimEnd();
  });
  return [`${by.padEnd(first)}  ${head}`.trimEnd(), ...lines];
}

/** `fail 2/7`: two of seven cases; `-`: none was run. */
export function cellText(cell: Cell | null): string {
  if (cell === null) return '-';
  return cell.count === cell.of ? cell.verdict : `${cell.verdict} ${cell.count}/${cell.of}`;
}

/** What is predicted of a pair, in a few words. */
export const predictions = {
  fails: 'will fail: they do not speak alike',
  mayFail: 'may fail: one reads a question otherwise than is assumed, the other has not shown how',
  agrees: 'agree in all that both have shown',
  unknown: 'unknown: neither was seen to read anything otherwise than is assumed',
} as const satisfies Record<Meeting['prediction'], string>;

function meetingLines(
  all: readonly Meeting[],
  screen: { readonly columns: number; readonly colour: boolean },
): readonly string[] {
  const paint = painter(screen.colour);
  const verdicts = { fails: 'fail', mayFail: 'warn', agrees: 'pass', unknown: 'reading' } as const;
  return all.flatMap(({ server, client, prediction, dialects, questions, unknown }) => [
    '',
    `${printable(server)} with ${printable(client)} ` +
      `${paint(verdicts[prediction], predictions[prediction])}`,
    ...(dialects === null ? [] : [`  server speaks ${dialects.server}, client ${dialects.client}`]),
    ...questions.flatMap((question) => questionLines(question, screen)),
    `  ${counted(unknown, 'question')} of which nothing is known`,
  ]);
}

function questionLines(
  { ambiguity, question, standing, server, client }: Question,
  { columns }: { readonly columns: number },
): readonly string[] {
  const told = (label: string, text: string) => paragraph(label, text, { columns, lines: 2 });
  return [
    ...told(`  ${standings[standing]}: `, `${question} [${ambiguity}]`),
    ...told('    server  ', answerText(server)),
    ...told('    client  ', answerText(client)),
  ];
}

/** How two targets stand in one question, in a few words. */
export const standings = {
  differ: 'they differ',
  agree: 'they agree',
  goTogether: 'they go together',
  oneSided: 'one is known',
} as const satisfies Record<Question['standing'], string>;

/** How a target reads a question, and how that is known. */
export function answerText(answer: Answer | null): string {
  if (answer === null) return 'has shown nothing but what is assumed';
  const how = answer.by === 'profile' ? 'by its profile' : 'seen';
  return `${answer.readings.join(' and ')} (${how}): ${answer.text}`;
}
