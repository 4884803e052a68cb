import type { Ambiguity, Citation, MessageRow, Requirement } from '#models/language/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Mutant } from '#src/contract/side.ts';
import { paragraph } from '#src/report/text.ts';
import { catalogue, type Entry } from './catalogue.ts';
import { hint, usage } from './usage.ts';

/** One labelled line of an explanation, wrapped when it is shown. */
type Line = readonly [label: string, text: string];

/**
 * What there is to say of an id, with or without the protocol's name before it; one text for each
 * thing that bears it.
 * @throws HarnessError `usage` naming the nearest id.
 */
export function explanations(
  id: string,
  protocols: readonly Protocol[],
  columns: number,
): readonly string[] {
  const entries = catalogue(protocols);
  const found = entries.filter((entry) => entry.id === id);
  const short = entries.filter((entry) => aliases(entry).includes(id));
  const meant = found.length > 0 ? found : short;
  if (meant.length === 0) {
    throw usage(
      `unknown id '${id}'; ${hint(
        id,
        entries.flatMap((entry) => [entry.id, ...aliases(entry)]),
      )}`,
    );
  }
  return meant.map((entry) => {
    const lines = linesOf(entry).flatMap(([label, text]) =>
      paragraph(`  ${label.padEnd(12)}`, text, { columns, lines: 12 }),
    );
    return `${entry.kind} ${entry.id}\n${lines.join('\n')}\n`;
  });
}

function aliases(entry: Entry): readonly string[] {
  const key = entry.id.slice(entry.protocol.name.length + 1);
  return entry.kind === 'message' ? [key, entry.row.wireName] : [key];
}

function linesOf(entry: Entry): readonly Line[] {
  switch (entry.kind) {
    case 'case':
      return ofCase(entry.protocol, entry.row);
    case 'requirement':
      return ofRequirement(entry.protocol, entry.row);
    case 'ambiguity':
      return ofAmbiguity(entry.protocol, entry.row);
    case 'mutant':
      return ofMutant(entry.protocol, entry.row);
    case 'message':
      return ofMessage(entry.row);
  }
}

function ofCase(protocol: Protocol, row: Case): readonly Line[] {
  const broken = protocol.mutants.filter(({ breaks }) =>
    row.covers.some(({ id }) => id === breaks.id),
  );
  return [
    ['title', row.title],
    ['against', row.against],
    ...(row.from === undefined ? [] : [['from state', row.from] as const]),
    ...row.covers.flatMap((requirement) => demand(protocol, requirement)),
    ...(row.expect === undefined ? [] : [['expects', row.expect.text] as const]),
    ...list('tags', row.tags ?? []),
    ...list(
      'mutants',
      broken.map(({ id }) => id),
    ),
    ['run', `qkdspec test ${row.id} --side ${row.against}`],
  ];
}

function ofRequirement(protocol: Protocol, row: Requirement): readonly Line[] {
  const covering = protocol.cases.filter(({ covers }) => covers.some(({ id }) => id === row.id));
  const breaking = protocol.mutants.filter(({ breaks }) => breaks.id === row.id);
  return [
    ...demand(protocol, row),
    ['binds', row.binds],
    ['basis', bases[row.basis]],
    ...(row.unobservable === undefined ? [] : [['not tested', row.unobservable] as const]),
    ...list(
      'cases',
      covering.map(({ id }) => id),
    ),
    ...list(
      'mutants',
      breaking.map(({ id }) => id),
    ),
  ];
}

const bases: Readonly<Record<Requirement['basis'], string>> = {
  stated: 'stated in so many words',
  implied: 'implied: the document makes no sense without it',
  observed: 'observed in every released implementation',
};

function ofAmbiguity(protocol: Protocol, row: Ambiguity): readonly Line[] {
  const readings = Object.entries(row.readings).map(([name, { text, standing }]): Line => {
    const marks = [
      ...(name === row.assumed ? ['assumed'] : []),
      ...(standing === 'deviant' ? ['contradicts the document: counts only when pinned'] : []),
    ];
    return ['reading', `${name}${marks.length > 0 ? ` (${marks.join('; ')})` : ''}: ${text}`];
  });
  const key = row.id.slice(protocol.name.length + 1);
  const other = Object.keys(row.readings).find((name) => name !== row.assumed) ?? row.assumed;
  return [
    ['question', row.question],
    cited(protocol, row.cite),
    ...readings,
    ['pin', `qkdspec test --reading ${key}=${other}`],
  ];
}

function ofMutant(protocol: Protocol, row: Mutant): readonly Line[] {
  const killers = protocol.cases.filter(
    ({ against, covers }) => against === row.side && covers.some(({ id }) => id === row.breaks.id),
  );
  return [
    ['title', row.title],
    ['side', row.side],
    ['breaks', row.breaks.id],
    ...demand(protocol, row.breaks),
    ['shows after', `${row.shortest} messages${row.deep ? ', deep' : ''}`],
    ...list(
      'cases',
      killers.map(({ id }) => id),
    ),
    ['run', `qkdspec test --target 'reference:${protocol.name}/${row.side}?mutant=${row.id}'`],
  ];
}

function ofMessage(row: MessageRow): readonly Line[] {
  return [
    ['on the wire', 'code' in row ? `${row.wireName}, code ${String(row.code)}` : row.wireName],
    ['said by', row.saidBy.join(', ')],
    ['content', row.content === null ? 'none' : spaced(row.content)],
    ...(row.content === null ? [] : [['example', spaced(row.example)] as const]),
  ];
}

/** JSON with a space behind each comma and colon, so that it can be wrapped. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}

function demand(protocol: Protocol, row: Requirement): readonly Line[] {
  return [['requirement', `${row.level} ${row.text} [${row.id}]`], cited(protocol, row.cite)];
}

function cited(protocol: Protocol, { document, section }: Citation): Line {
  return ['cited', `${protocol.model.documents[document] ?? document}; section ${section}`];
}

function list(label: string, words: readonly string[]): readonly Line[] {
  return words.length === 0 ? [] : [[label, words.join(', ')]];
}
