import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFor } from '#src/contract/choose.ts';
import type { Trace } from '#src/contract/trace.ts';
import { protocols } from '#src/protocols/index.ts';
import { printable } from '#src/report/text.ts';
import { writeTrace } from '#src/report/trace-file.ts';
import { duet } from '#src/suite/duet.ts';
import { makeFolder } from './folder.ts';
import type { TargetFlags } from './flags.ts';
import { subjectOf } from './profile.ts';
import type { Screen } from './screen.ts';

/** How a session is played and kept. */
export interface Staging {
  readonly seed: number;
  /** No line for each frame. */
  readonly quiet: boolean;
  /** The folder for its traces; `null`: they are not kept. */
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
  const settings = settingsFor(protocol, { ...profile, pinned: profile.readings });
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
  if (out !== null) keep(played.traces, out, screen);
  return verdicts.some(([, { verdict }]) => verdict === 'fail') ? 1 : 0;
}

function keep(traces: Readonly<Record<string, Trace>>, folder: string, screen: Screen): void {
  makeFolder(folder);
  for (const [side, trace] of Object.entries(traces)) {
    const file = join(folder, `${trace.protocol}-${side}.trace.json`);
    writeFileSync(file, writeTrace(trace));
    screen.out(`  trace of ${side}: ${file}\n`);
  }
}
