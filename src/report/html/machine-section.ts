import { escapeHtml } from './escape.ts';

/** What a run reached of a machine. */
export interface MachinePicture {
  /** A drawing of each phase. */
  readonly phases: readonly {
    readonly name: string;
    readonly svg: string;
    readonly states: Part;
    readonly transitions: Part;
  }[];
  readonly states: readonly MachinePart[];
  readonly transitions: readonly MachinePart[];
}

interface Part {
  readonly reached: number;
  readonly total: number;
}

/** A state or transition, as reports name it. */
export interface MachinePart {
  readonly name: string;
  readonly isReached: boolean;
}

/** The pictures of the machine, and the same as lists. */
export function machineSection({ phases, states, transitions }: MachinePicture): string {
  return `<section aria-labelledby="machine">
<h2 id="machine">The protocol's machine</h2>
<p>✓ and whole lines: reached. ○ and dashed lines: not reached. An arrow → leads to a state of another phase.</p>
${partList('States', states)}
${partList('Transitions', transitions)}
${phases.map(phaseFigure).join('\n')}
</section>`;
}

function phaseFigure({ name, svg, states, transitions }: MachinePicture['phases'][number]): string {
  const title = escapeHtml(name);
  const told = `${states.reached} of ${states.total} states, ${transitions.reached} of ${transitions.total} transitions`;
  return `<details class="phase" open><summary><h3>${title}</h3> ${told}</summary>
<div class="scroller machine" tabindex="0" role="region" aria-label="State diagram of ${title}">${pictureOf(svg, name)}</div>
</details>`;
}

/** As an element of a page: no prolog, no ids, as those of all pictures are the same, and a name. */
function pictureOf(svg: string, name: string): string {
  const label = escapeHtml(`${name}; the lists of states and transitions say the same`);
  return svg
    .slice(Math.max(0, svg.indexOf('<svg')))
    .replaceAll(/ id="[^"]*"/g, '')
    .replace('<svg ', `<svg role="img" aria-label="${label}" `);
}

function partList(title: string, parts: readonly MachinePart[]): string {
  const items = parts
    .toSorted((left, right) => Number(left.isReached) - Number(right.isReached))
    .map(
      ({ name, isReached }) =>
        `<li>${isReached ? '✓' : '○ not reached:'} <code>${escapeHtml(name)}</code></li>`,
    );
  const missed = parts.filter(({ isReached }) => !isReached).length;
  return `<details><summary>${title}: ${parts.length - missed} reached, ${missed} not</summary><ul class="parts">${items.join('')}</ul></details>`;
}
