import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Report } from '#src/contract/report.ts';
import { joined } from '#src/gate/join.ts';
import { protocols } from '#src/protocols/index.ts';
import { notesOf } from '#src/suite/notes.ts';
import { readBaseline } from './baseline-file.ts';
import { codeOf } from './folder.ts';
import { parseReporter } from './formats.ts';
import type { MergeFlags } from './fuzz-merge.ts';
import { gatedBy, gatingFor } from './gating.ts';
import { tellGithub } from './github.ts';
import { openOutputs } from './outputs.ts';
import { showRun } from './report-run.ts';
import type { Screen } from './screen.ts';
import { readRun, type StoredRun } from './stored-run.ts';
import { protocolOf } from './target-url.ts';
import { usage } from './usage.ts';

/** A part of a run, and where it is told to lie. */
interface Part extends StoredRun {
  readonly path: string;
}

/** Joins the parts of one run, reports it as the whole, and returns the exit code. */
export async function mergeShards(
  folders: readonly string[],
  flags: MergeFlags,
  screen: Screen,
): Promise<number> {
  const [first, ...others] = inOrder(folders.map((path) => ({ path, ...readRun(path) })));
  if (first === undefined) throw usage('merge takes the folders of runs');
  for (const other of others) refuseOther(other, first);
  if ([first, ...others].some(({ folder }) => resolve(folder) === resolve(flags.out))) {
    throw usage(`--out ${flags.out} is one of the parts: the whole needs a folder of its own`);
  }
  const protocol = protocolOf(first.report.target.protocol, protocols);
  const { tls } = first.report.profile;
  const over = tls === undefined ? {} : { tls: {} };
  const whole = joined([first.report, ...others.map(({ report }) => report)], (states) =>
    notesOf(protocol, over, states),
  );
  const gating = gatingOf([first, ...others], whole, flags);
  const report = gatedBy(gating, whole);
  const outputs = openOutputs(flags.out, (flags.reporter ?? []).map(parseReporter));
  for (const part of [first, ...others]) copyTraces(part, flags.out);
  const files = await outputs.write(report, screen.out);
  const write = outputs.takesStdout ? screen.err : screen.out;
  const colour = screen.colour && !outputs.takesStdout && flags.ci !== true;
  showRun(report, { write, colour, columns: Math.min(screen.columns, 120), files });
  const { err } = screen;
  const told = { report, folder: flags.out, gating, write, err, env: process.env };
  if (flags.ci === true) await tellGithub(told);
  return report.exit.exitCode;
}

/** All parts of one run by their numbers. */
function inOrder(parts: readonly Part[]): readonly Part[] {
  const counted = parts.map((part) => {
    const shard = part.report.scope?.shard ?? null;
    if (shard === null || part.report.fuzz !== undefined) {
      throw usage(`${part.path} is no part of a run: they are made with --shard i/n`);
    }
    return { part, ...shard };
  });
  const of = counted[0]?.of ?? 0;
  const other = counted.find((one) => one.of !== of);
  if (other !== undefined)
    throw usage(`${other.part.path} is one of ${other.of} parts, not of ${of}`);
  return Array.from({ length: of }, (_, at) => {
    const found = counted.filter(({ index }) => index === at + 1);
    const [one, twice] = found;
    if (one === undefined) throw usage(`part ${at + 1} of ${of} is missing`);
    if (twice !== undefined) throw usage(`${twice.part.path} is part ${at + 1} of ${of} once more`);
    return one.part;
  });
}

/** @throws HarnessError `usage` where two parts are not of one run. */
function refuseOther({ path, report }: Part, first: Part): void {
  const [is, wanted] = [report, first.report].map(identity);
  for (const [name, value] of Object.entries(is ?? {})) {
    if (value === wanted?.[name]) continue;
    throw usage(`${path} is part of another run: its ${name} is ${value}, not ${wanted?.[name]}`);
  }
}

/** What the parts of one run have in common. Each may have a target of its own. */
function identity({
  target,
  profile,
  seed,
  scope,
  tool,
}: Report): Readonly<Record<string, string>> {
  const { target: _target, name: _name, ...asked } = profile;
  return {
    protocol: target.protocol,
    side: target.side,
    seed: String(seed),
    selection: scope?.selectors.join(' ') || 'everything',
    level: scope?.level ?? '',
    profile: JSON.stringify(asked),
    qkdspec: tool.version,
  };
}

/** The list that is named, or the one that the parts were held against. */
function gatingOf(parts: readonly Part[], whole: Report, { baseline }: MergeFlags) {
  const file = baseline ?? parts.flatMap(({ report }) => report.gate?.file ?? [])[0];
  if (file === undefined) return null;
  const protocol = protocolOf(whole.target.protocol, protocols);
  const ids = whole.results.map(({ id }) => id);
  return gatingFor(readBaseline(file), { file, protocol, side: whole.target.side, ids });
}

function copyTraces({ report, folder, path }: Part, out: string): void {
  for (const { trace, id } of report.results) {
    if (trace === null) continue;
    try {
      copyFileSync(join(folder, trace), join(out, trace));
    } catch (cause) {
      throw usage(`${path}: the trace of ${id} cannot be copied: ${codeOf(cause)}`, { cause });
    }
  }
}
