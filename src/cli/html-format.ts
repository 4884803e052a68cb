import { chartOf } from '#src/chart/chart-of.ts';
import type { Exhibit } from '#src/contract/exhibit.ts';
import type { Report, Result } from '#src/contract/report.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { exhibitOf } from '#src/exhibit/exhibit.ts';
import { judge } from '#src/judge/judge.ts';
import type { Drawn, Sources } from '#src/report/format.ts';
import { htmlReport, type PageSources } from '#src/report/html/report.ts';
import { phaseDrawer, type DrawPhases } from './drawing/draw.ts';

/** The page of a run, with its machine drawn and its traces laid out. */
export async function htmlFormat(): Promise<Drawn> {
  const drawPhases = await phaseDrawer();
  return (report, sources) => {
    const { protocol } = sources;
    return htmlReport(report, {
      model: protocol?.model ?? null,
      machine: protocol === null ? null : machineOf(protocol, report, drawPhases),
      exhibit: (result) => laidOut(result, report, sources),
    });
  };
}

function machineOf(
  { model }: Protocol,
  { coverage: { reached } }: Report,
  drawPhases: DrawPhases,
): PageSources['machine'] {
  if (reached === undefined) return null;
  const chart = chartOf(model.session);
  const parts = (all: readonly string[], hit: readonly string[]) => {
    const names = new Set(hit);
    return all.map((name) => ({ name, isReached: names.has(name) }));
  };
  return {
    phases: drawPhases(model, reached),
    states: parts(chart.states, reached.states),
    transitions: parts(chart.transitions, reached.transitions),
  };
}

/** Judged as the run judged it: with the profile's readings, and what the case expects besides. */
function laidOut(
  { id, trace: file }: Result,
  { profile }: Report,
  { protocol, trace: read }: Sources,
): Exhibit | null {
  const trace = file === null ? null : read(file);
  if (trace === null || protocol === null || trace.protocol !== protocol.name) return null;
  const { expect = null } = protocol.cases.find((one) => one.id === id) ?? {};
  const readings = readingsIn(profile);
  return exhibitOf(protocol, trace, judge(protocol, trace, readings, expect), readings);
}

function readingsIn({ readings }: Report['profile']): Readonly<Record<string, string>> {
  if (typeof readings !== 'object' || readings === null) return {};
  const named = Object.entries(readings).filter(([, reading]) => typeof reading === 'string');
  return Object.fromEntries(named);
}
