import { painter } from '../paint.ts';
import { counted, paragraph, printable } from '../text.ts';
import { isRed, type Change, type Comparison, type Lone } from './comparison.ts';

/** Cases of each group that are shown. */
const mostShown = 20;

/** A comparison for people: what got worse first, with the command that shows it. */
export function comparisonLines(
  comparison: Comparison,
  screen: { readonly columns: number; readonly colour: boolean },
): readonly string[] {
  const { worse, better, other, added, gone, findings, same } = comparison;
  const paint = painter(screen.colour);
  const red = added.filter(({ verdict }) => isRed(verdict));
  return [
    ...comparison.differences.flatMap((text) =>
      paragraph('NOT ALIKE ', text, { ...screen, lines: 2 }),
    ),
    ...group('worse', worse, (one) => changeLines(one, { ...screen, withReplay: true })),
    ...group('new and not passed', red, (one) => loneLines(one, screen)),
    ...group('new findings', findings.added, (one) => [
      `  ${one.id}: ${one.kind} ${one.requirement}, ${printable(one.actual)}`,
      `    replay ${printable(one.replay)}`,
    ]),
    ...group('better', better, (one) => changeLines(one, { ...screen, withReplay: false })),
    ...group('findings that were not met again', findings.gone, (one) => [
      `  ${one.id}: ${one.kind} ${one.requirement}`,
    ]),
    ...group('otherwise', other, (one) => changeLines(one, { ...screen, withReplay: false })),
    ...group('gone', gone, (one) => [`  ${one.verdict} ${one.id}`]),
    coverageLine(comparison),
    paint(comparison.isWorse ? 'fail' : 'pass', totals(comparison, red.length, same)),
  ];
}

function group<Item>(
  title: string,
  items: readonly Item[],
  draw: (item: Item) => readonly string[],
): readonly string[] {
  if (items.length === 0) return [];
  const left = items.length - mostShown;
  return [
    `${title} (${items.length})`,
    ...items.slice(0, mostShown).flatMap(draw),
    ...(left > 0 ? [`  and ${left} more; --json shows them all`] : []),
    '',
  ];
}

function changeLines(
  { id, title, before, after, detail, replay }: Change,
  screen: { readonly columns: number; readonly withReplay: boolean },
): readonly string[] {
  const verdicts = before === after ? after : `${before} -> ${after}`;
  const told = detail === null ? '' : ` (${detail})`;
  return [
    ...paragraph('  ', `${verdicts} ${id}: ${title}${told}`, { ...screen, lines: 2 }),
    ...(screen.withReplay ? [`    replay ${printable(replay)}`] : []),
  ];
}

function loneLines(
  { id, title, verdict, replay }: Lone,
  { columns }: { readonly columns: number },
): readonly string[] {
  return [
    ...paragraph('  ', `${verdict} ${id}: ${title}`, { columns, lines: 2 }),
    `    replay ${printable(replay)}`,
  ];
}

function coverageLine({ coverage }: Comparison): string {
  const told = Object.entries(coverage).map(([name, { before, after }]) => {
    const total = before.total === after.total ? after.total : `${before.total}/${after.total}`;
    if (before.hit === after.hit && before.total === after.total) {
      return `${name} ${after.hit} of ${total}`;
    }
    return `${name} ${before.hit} -> ${after.hit} of ${total}`;
  });
  return `coverage: ${told.join(', ')}`;
}

function totals(
  { worse, better, other, added, gone, findings }: Comparison,
  red: number,
  same: number,
) {
  const findingCount = findings.added.length;
  return [
    `${worse.length} worse`,
    `${better.length} better`,
    `${other.length} otherwise`,
    `${added.length} new${red > 0 ? ` (${red} not passed)` : ''}`,
    `${gone.length} gone`,
    ...(findingCount > 0 ? [counted(findingCount, 'new finding')] : []),
    `${same} the same`,
  ].join(', ');
}
