/** The look of a run's page, beside that of all pages. */
export const reportStyle = `
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
button, select, input { font: inherit; color: inherit; background: var(--panel);
  border: 1px solid var(--faint); border-radius: 4px; padding: .15rem .5rem; }
button { cursor: pointer; } input[type=checkbox] { accent-color: var(--accent); }
.faint { color: var(--faint); } .number { text-align: right; }
.exit { border-left: .4rem solid; padding: .25rem .75rem; background: var(--panel); }
.exit.good { border-color: var(--good); } .exit.bad { border-color: var(--bad); }
.counts { list-style: none; padding: 0; display: grid; gap: .25rem 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); }
.facts { display: grid; gap: .5rem 1.5rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); }
.facts dt { color: var(--faint); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.verdict { display: inline-block; white-space: nowrap; font-weight: 600; padding: 0 .4rem;
  border: 1px solid; border-radius: 4px; color: var(--faint); }
.verdict.pass { color: var(--good); } .verdict.fail, .verdict.error, .verdict.flaky,
.verdict.untestable { color: var(--bad); } .verdict.warn { color: var(--odd); }
.verdict.reading { color: var(--accent); }
.verdict.warn, .verdict.flaky, .verdict.untestable { border-style: dashed; }
.untested { color: var(--faint); white-space: nowrap; }
summary { cursor: pointer; } details { margin: .5rem 0; }
.document > summary { font-weight: 600; }
.scroller { overflow: auto; max-width: 100%; }
#filters { background: var(--panel); padding: .25rem 1rem; border: 1px solid var(--line); }
#filters fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
#filters legend { float: left; margin-right: 1rem; padding: 0; }
#filters p { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
#search { flex: 1 1 16rem; min-width: 8rem; max-width: 40rem; }
.choice { display: inline-flex; gap: .5rem; align-items: center; max-width: 100%; }
.choice select { min-width: 0; max-width: 22rem; flex: 1 1 auto; }
.results, .results > thead, .results > tbody { display: block; } .result > th { font-weight: 400; }
.results > * > tr { display: grid; grid-template-columns: 9rem 5rem minmax(0, 1fr) 18rem 6rem; }
.results > * > tr[hidden] { display: none; } .result { content-visibility: auto; contain-intrinsic-size: auto 4.75rem; }
.below > td { grid-column: 1 / -1; min-width: 0; }
.results > thead { position: sticky; top: 0; background: var(--ground); z-index: 1; }
.results > thead th { font-weight: 600; }
.open { border: 0; background: none; padding: 0; text-align: left; color: var(--accent);
  text-decoration: underline; text-underline-offset: 2px; overflow-wrap: anywhere; }
.open::before { content: '▸ '; } .open[aria-expanded=true]::before { content: '▾ '; }
.result { overflow-wrap: anywhere; } .id { display: block; }
.came { overflow-wrap: anywhere; }
.below > td { padding: .5rem 0 1.5rem 1rem; border-left: .25rem solid var(--line); }
.details { max-width: calc(min(1200px, 100vw) - 6rem); }
.details dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem; }
.details dt { color: var(--faint); } .details dd { margin: 0; overflow-wrap: anywhere; }
.details ul { margin: 0; padding-left: 1.2rem; } .details h3 { font-size: 1rem; }
.steps { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
.diff { font-size: 13px; } .diff th[scope=row] { font-weight: 400; min-width: 10rem; max-width: 24rem; overflow-wrap: anywhere; }
.diff td { overflow-wrap: anywhere; min-width: 8rem; max-width: 32rem; }
.diff .missing, .diff .added, .diff .changed { background: var(--panel); }
.diff .missing .word, .diff .added .word, .diff .changed .word { font-weight: 600; color: var(--bad);
  white-space: nowrap; }
.diff[data-only=yes] .same { display: none; }
${Array.from({ length: 10 }, (_, depth) => `.diff .depth-${depth} { padding-left: ${depth}rem; }`).join('\n')}
.sequence { width: 1010px; max-width: none; display: block; font: 12px/1 ui-monospace, monospace; }
.sequence text { fill: var(--ink); } .sequence .small { fill: var(--faint); font-size: 11px; }
.sequence .name { font-weight: 700; font-size: 14px; } .sequence .wrong { fill: var(--bad); }
.sequence text.wrong { font-weight: 700; }
.sequence line { stroke: var(--ink); stroke-width: 1.4; } .sequence .lifeline { stroke: var(--faint);
  stroke-width: 1; } .sequence .tip { fill: var(--ink); }
.sequence line.opened, .sequence line.closed { stroke: var(--faint); stroke-dasharray: 2 4; }
.sequence line.silence, .sequence line.omitted { stroke: var(--faint); stroke-dasharray: 1 7; }
.sequence line.wrong { stroke: var(--bad); stroke-width: 3; }
.phase summary h3 { display: inline; font-size: 1rem; margin: 0 .5rem 0 0; }
.machine { border: 1px solid var(--line); max-height: 75vh; padding: .5rem; }
.machine svg { display: block; max-width: none; } .machine .graph > polygon { fill: none; }
.machine text { fill: var(--faint); } .machine .reached text { fill: var(--ink); }
.machine .node path { stroke: var(--faint); fill: none; stroke-dasharray: 4 3; }
.machine .node.reached path { stroke: var(--good); stroke-width: 2; stroke-dasharray: none; fill: var(--panel); }
.machine .edge { --said: var(--faint); } .machine .said0 { --said: var(--accent); }
.machine .said1 { --said: var(--odd); } .machine .edge text { fill: var(--said); }
.machine .edge path { stroke: var(--said); } .machine .missed.edge path { stroke-dasharray: 4 3; }
.machine .reached.edge path { stroke-width: 1.6; } .machine .edge polygon { stroke: var(--said);
  fill: var(--said); }
.parts { columns: 22rem; font-size: 13px; } .parts code { overflow-wrap: anywhere; }
.matrix .text { font-weight: 400; min-width: 18rem; } .matrix th[scope=rowgroup] { font-weight: 600;
  min-width: 8rem; } .matrix code { overflow-wrap: anywhere; }
@media (max-width: 800px) { .wide { display: none; }
  .results > * > tr { grid-template-columns: 8.5rem minmax(0, 1fr); }
  .matrix, .matrix tbody, .matrix tr, .matrix tbody th { display: block; border: 0; min-width: 0; }
  .matrix thead { position: absolute; clip-path: inset(50%); } .matrix th[scope=rowgroup] { margin-top: 1rem; }
  .matrix tr { border-bottom: 1px solid var(--line); padding: .25rem 0; }
  .matrix td { display: inline-block; border: 0; } main { padding: .75rem; }
  .details dl { display: block; } .details dt { font-weight: 600; margin-top: .5rem; } .details { max-width: calc(100vw - 2.5rem); }
  .below > td { padding-left: .5rem; } .counts { grid-template-columns: 1fr; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print { nav, #filters, #more, button:not(.open) { display: none; }
  :root { --ground: #ffffff; --ink: #000000; --faint: #444444; --panel: #ffffff; --accent: #000000; }
  .scroller, .machine { overflow: visible; max-height: none; } main { max-width: none; }
  tr, figure { break-inside: avoid; } .sequence { width: 100%; } .machine svg { max-width: 100%; }
  .results > thead { position: static; } .result { content-visibility: visible; } }
`;
