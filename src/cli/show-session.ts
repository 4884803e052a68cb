import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFor } from '#src/contract/choose.ts';
import type { Trace } from '#src/contract/trace.ts';
import { protocols } from '#src/protocols/index.ts';
import { printable } from '#src/report/text.ts';
import { sessionPage } from '#src/report/html/session.ts';
import { writeTrace } from '#src/report/trace-file.ts';
import { duet, type Duet } from '#src/suite/duet.ts';
import { makeFolder } from './folder.ts';
import type { TargetFlags } from './flags.ts';
import { subjectOf } from './profile.ts';
import type { Screen } from './screen.ts';
import { accountRows, storyOf } from './session-story.ts';

/** How a session is played and kept. */
export interface Staging {
  readonly seed: number;
  /** No line for each frame. */
  readonly quiet: boolean;
  /** The folder for its traces and its page; `null`: they are not kept. */
  readonly out: string | null;
}

/** Plays one session between both reference sides, shows it, and returns the exit code. */
export async function showSession(
  flags: Pick<TargetFlags, 'protocol' | 'dialect' | 'reading' | 'option'>,
  screen: Screen,
  { seed, quiet, out }: Staging,
): Promise<number> {
  const { protocol, profile } = await subjectOf(flags, protocols);
  const watch = (by: string, line: string) => {
    if (!quiet) screen.out(`${by}: ${printable(line)}\n`);
  };
  const { signal } = screen;
  const options = { ...protocol.staged?.(seed), ...profile.options };
  const settings = settingsFor(protocol, { ...profile, options, pinned: profile.readings });
  const played = await duet({ protocol, settings, seed, signal, watch });
  if (signal.aborted) return 130;
  const verdicts = Object.entries(played.verdicts);
  const seconds = (played.durationMs / 1000).toFixed(2);
  screen.out(
    `session of ${protocol.name}: ${played.messages} messages in ${seconds} s, seed ${seed}\n`,
  );
  for (const [side, { verdict, violation }] of verdicts) {
    const why = violation === null ? '' : `: ${printable(violation.explanation)}`;
    screen.out(`  ${side}: ${verdict}${why}\n`);
  }
  for (const [name, value] of Object.entries(played.ledger)) screen.out(`  ${name}: ${value}\n`);
  const differing = compared(played.accounts, screen);
  if (out !== null) {
    keep(played.traces, out, screen);
    const page = sessionPage(storyOf(played, protocol, seed));
    const file = join(out, 'session.html');
    writeFileSync(file, page);
    screen.out(`  page: ${file}\n`);
  }
  const isFine = !differing && verdicts.every(([, { verdict }]) => verdict !== 'fail');
  return isFine ? 0 : 1;
}

/** Shows what each side has; true where two sides name the same thing and have another. */
function compared(accounts: Duet['accounts'], screen: Screen): boolean {
  const rows = accountRows(accounts);
  for (const { name, sides, differs, value } of rows) {
    screen.out(
      differs ? `  ${name} DIFFERS: ${value}\n` : `  ${name} of ${sides.join(' and ')}: ${value}\n`,
    );
  }
  return rows.some(({ differs }) => differs);
}

function keep(traces: Readonly<Record<string, Trace>>, folder: string, screen: Screen): void {
  makeFolder(folder);
  for (const [side, trace] of Object.entries(traces)) {
    const file = join(folder, `${trace.protocol}-${side}.trace.json`);
    writeFileSync(file, writeTrace(trace));
    screen.out(`  trace of ${side}: ${file}\n`);
  }
}
