import type { AnyStateMachine } from 'xstate';
import { Chart } from './chart.ts';

const charts = new WeakMap<AnyStateMachine, Chart>();

/** The chart of a machine, compiled once: what one walk works out serves the next. */
export function chartOf(machine: AnyStateMachine): Chart {
  const known = charts.get(machine);
  if (known !== undefined) return known;
  const chart = new Chart(machine);
  charts.set(machine, chart);
  return chart;
}
