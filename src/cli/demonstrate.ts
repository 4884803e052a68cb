import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Report } from '#src/contract/report.ts';
import { protocols } from '#src/protocols/index.ts';
import { overviewPage, type Listed, type ListedSession } from '#src/report/html/overview.ts';
import { openOutputs } from './outputs.ts';
import { planSuite } from './plan-suite.ts';
import { subjectOf } from './profile.ts';
import { replayCommand } from './replay.ts';
import { runAndReport } from './run-and-report.ts';
import type { Screen } from './screen.ts';
import { showSession } from './show-session.ts';

/**
 * Plays every suite against every embedded side, and one session of each protocol; returns the
 * first exit code that is not 0.
 */
export async function demonstrate(seed: number, screen: Screen): Promise<number> {
  const exitCodes: number[] = [];
  const listed: Listed[] = [];
  const sessions: ListedSession[] = [];
  for (const protocol of protocols) {
    screen.out(`${protocol.model.title}\n\n`);
    const tested = new Set(protocol.cases.map(({ against }) => against));
    for (const side of protocol.model.sides.filter((name) => tested.has(name))) {
      if (screen.signal.aborted) return 130;
      const name = `start-${protocol.name}-${side}`;
      const report = await suiteAgainst(side, protocol, { seed, screen, name });
      listed.push({ report, href: `${name}/report.html` });
      exitCodes.push(report.exit.exitCode);
      screen.out('\n');
    }
    if (screen.signal.aborted) return 130;
    const flags = { protocol: protocol.name };
    const folder = `start-${protocol.name}-session`;
    const staging = { seed, quiet: true, out: join('reports', folder) };
    exitCodes.push(await showSession(flags, screen, staging));
    sessions.push({ title: protocol.model.title, href: `${folder}/session.html` });
  }
  const exitCode = exitCodes.find((code) => code !== 0) ?? 0;
  const file = join('reports', 'start.html');
  writeFileSync(file, overviewPage('qkdspec: every reference side', listed, sessions));
  screen.out(`\nHTML report: ${file}`);
  screen.out(`\nexit ${exitCode}${exitCode === 0 ? '; next: qkdspec test --target <url>' : ''}\n`);
  return exitCode;
}

async function suiteAgainst(
  side: string,
  protocol: Protocol,
  { seed, screen, name }: { readonly seed: number; readonly screen: Screen; readonly name: string },
): Promise<Report> {
  const flags = { target: `reference:${protocol.name}/${side}`, seed };
  const subject = await subjectOf(flags, protocols);
  const outputs = openOutputs(join('reports', name), []);
  const plan = { ...planSuite(subject, { seed, signal: screen.signal }), inMemory: true };
  return runAndReport(plan, {
    screen,
    outputs,
    progress: true,
    replay: (id) => replayCommand(id, subject, flags),
  });
}
