import type { Exhibit, ExhibitStep } from '#src/contract/exhibit.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace } from '#src/contract/trace.ts';
import { headline, secretsNote } from './notes.ts';

/** What a scenario is made from. */
export interface Told {
  readonly protocol: Protocol;
  readonly trace: Trace;
  readonly exhibit: Exhibit;
  /** The trace as a file holds it. */
  readonly traceText: string;
  /** What the scenario is called, in one line. */
  readonly name: string;
  /** The case whose own expectation was broken; `null`: the model alone shows it. */
  readonly caseId: string | null;
}

/**
 * A feature of one scenario that fails where the finding shows: in the words of the shipped steps,
 * or, where these cannot say what was said, with the trace itself in it.
 */
export function gherkin(told: Told): string {
  const { exhibit, name, trace } = told;
  const secrets = secretsNote(exhibit);
  const comments = [...headline(exhibit), ...(secrets === null ? [] : [secrets])].map(oneLine);
  const said = secrets === null && told.caseId === null ? sentences(told) : null;
  const tags = [trace.protocol, trace.peer, trace.dialect].map((tag) => `@${tag}`);
  return [
    ...comments.map((line) => `# ${line}`),
    [...new Set(tags)].join(' '),
    `Feature: ${oneLine(name)}`,
    '',
    `  Scenario: ${oneLine(exhibit.verdict.violation?.requirement.text ?? name)}`,
    ...(said ?? stored(told)).map((line) => (line === '' ? line : `    ${line}`)),
    '',
  ].join('\n');
}

/** The trace is played again as it is. */
function stored({ traceText, caseId }: Told): readonly string[] {
  return [
    'Given the stored trace',
    '  """json',
    ...traceText
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    '  """',
    'When it is played again',
    caseId === null
      ? 'Then the model allows all of it'
      : `Then the model and the case ${JSON.stringify(caseId)} allow all of it`,
  ];
}

/** Rows of a content that are still told. */
const mostRows = 12;
/** Characters of a value that are still told. */
const mostCharacters = 240;

/** Sentences of the shipped steps; `null`: they cannot say it. */
function sentences({ protocol, exhibit }: Told): readonly string[] | null {
  const { wrongAt, player, peer, steps } = exhibit;
  const { spoken } = protocol;
  const isTold = spoken !== undefined && protocol.model.turnTaking && wrongAt !== null;
  if (!isTold || peer !== protocol.model.server) return null;
  const lines: string[] = [];
  for (const [index, step] of steps.slice(0, wrongAt + 1).entries()) {
    const isWrong = index === wrongAt;
    const names = isWrong ? namesOf(protocol, exhibit) : nameOf(protocol, step);
    const begins = step.kind === 'opened' && index === 0;
    if (begins) continue;
    if (names === null || (!isWrong && step.kind !== 'said')) return null;
    const by = (spoken[isWrong ? peer : (step.by ?? player)] ?? '').replace(/^The /, 'the ');
    if (step.by === player && !isWrong) {
      const table = tableOf(step);
      if (table === null) return null;
      lines.push(`When ${by} sends ${names}${table.length > 0 ? ' with' : ''}`, ...table);
    } else lines.push(`Then ${by} answers ${names}`);
  }
  return lines;
}

/** What the model allows at what is wrong. */
function namesOf(protocol: Protocol, { allowed }: Exhibit): string | null {
  const names = allowed.map(({ message }) => spelt(protocol, message));
  const known = names.filter((name) => name !== null);
  if (known.length === 0 || known.length < names.length) return null;
  return known.join(', ').replace(/, ([^,]+)$/, ' or $1');
}

function nameOf(protocol: Protocol, { frame }: ExhibitStep): string | null {
  const isPlain = frame !== null && frame.message !== null && frame.flaws.length === 0;
  return isPlain ? spelt(protocol, frame.message ?? '') : null;
}

/** `peSymbolsRequest` → `PE_SYMBOLS_REQUEST`; `null` where no sentence could hold it. */
function spelt(protocol: Protocol, message: string): string | null {
  const name = message.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const isKnown = Object.hasOwn(protocol.model.messages, message);
  return isKnown && /^[A-Z][A-Z_]+$/.test(name) ? name : null;
}

/** The content as a table of names and values; empty where it is the usual one. */
function tableOf({ frame }: ExhibitStep): readonly string[] | null {
  if (frame === null || frame.isUsual) return [];
  const { content } = frame;
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return null;
  const rows = Object.entries(content).map(([name, value]) => ({ name, text: json(value) }));
  const isSayable = rows.length > 0 && rows.length <= mostRows;
  if (!isSayable || rows.some(({ text }) => text === null)) return null;
  return rows.map(({ name, text }) => `  | ${cell(name)} | ${cell(text ?? '')} |`);
}

/** JSON of a value that reading gives back as it is; `null`: there is none, or it is too long. */
function json(value: unknown): string | null {
  try {
    const text = JSON.stringify(value);
    return text.length > mostCharacters ? null : text;
  } catch {
    return null;
  }
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
