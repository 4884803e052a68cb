import { code, markdownTable, prose } from '../markdown-text.ts';
import { answerText, cellText, predictions, standings } from './matrix-text.ts';
import type { Matrix } from './matrix.ts';
import type { Meeting } from './meetings.ts';

/** Rows of the table. */
const mostRows = 1000;

/** A matrix as Markdown: every row, and what is predicted of each pair. */
export function matrixMarkdown({ by, columns, rows, meetings }: Matrix): string {
  const head = [by, ...columns.map(({ name, side }) => `${code(name)} ${prose(side)}`)];
  const cells = rows.slice(0, mostRows).map((row) => [code(row.id), ...row.cells.map(cellText)]);
  const sections = [
    '## qkdspec: targets side by side',
    markdownTable(head, cells),
    rows.length > mostRows ? `and ${rows.length - mostRows} more` : '',
    meetings.length === 0 ? '' : '### Who will understand whom, by their readings',
    ...meetings.map(meetingText),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function meetingText(meeting: Meeting): string {
  const { server, client, prediction, dialects, questions, unknown } = meeting;
  const apart = dialects === null ? '' : `: ${code(dialects.server)} and ${code(dialects.client)}`;
  const told = `${code(server)} with ${code(client)} **${predictions[prediction]}**${apart}`;
  const rest = `${unknown} questions of which nothing is known.`;
  if (questions.length === 0) return `${told}\n\n${rest}`;
  const rows = questions.map(({ ambiguity, question, standing, server: said, client: heard }) => [
    standings[standing],
    `${prose(question)} ${code(ambiguity)}`,
    prose(answerText(said)),
    prose(answerText(heard)),
  ]);
  return `${told}\n\n${markdownTable(['', 'question', 'server', 'client'], rows)}\n\n${rest}`;
}
