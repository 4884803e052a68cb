import type { Arrow, MachineGraph, StateBox } from './graph.ts';

/**
 * The machine with regions that are alike drawn once, under all their names: those that differ in
 * nothing but their own name, also where a guard's name begins with it. A machine for each of
 * several things of one kind is made that way.
 */
export function foldAlike({ model, root, arrows }: MachineGraph): MachineGraph {
  const groups = alikeRegions({ root, arrows });
  if (groups.length === 0) return { model, root, arrows };
  const firsts = new Map(groups.map((group) => [group[0]?.id ?? '', group]));
  const gone = groups.flat().filter(({ id }) => !firsts.has(id));
  const kept = root.states.filter(({ id }) => firsts.has(id));
  const many = kept.filter(({ id }) => (firsts.get(id)?.length ?? 0) > 1);
  const states = kept.map((region) => ({ ...region, name: namesOf(firsts.get(region.id) ?? []) }));
  return {
    model,
    root: { ...root, states },
    arrows: arrows
      .filter((arrow) => !gone.some((region) => isIn(region, arrow.from)))
      .map((arrow) => unnamed(arrow, many.find((region) => isIn(region, arrow.from)) ?? null)),
  };
}

/** Regions of the whole machine, those that are alike together; none where it has no regions. */
export function alikeRegions({
  root,
  arrows,
}: Pick<MachineGraph, 'root' | 'arrows'>): readonly (readonly StateBox[])[] {
  if (root.kind !== 'parallel') return [];
  const alike = Object.groupBy(root.states, (region) => shapeOf(region, arrows));
  return Object.values(alike).map((group) => group ?? []);
}

function namesOf(group: readonly StateBox[]): string {
  return group.map(({ name }) => name).join(', ');
}

/** Whether a state is a region, or lies in it. */
export function isIn(region: StateBox, id: string): boolean {
  return id === region.id || id.startsWith(`${region.id}.`);
}

/** Without the name of its region, as it is the same in all of them. */
function unnamed(arrow: Arrow, region: StateBox | null): Arrow {
  const { guard } = arrow;
  if (region === null || guard === null || !guard.startsWith(region.name)) return arrow;
  const rest = guard.slice(region.name.length);
  return { ...arrow, guard: rest.slice(0, 1).toLowerCase() + rest.slice(1) };
}

/** Everything that is drawn of a region, without its name. */
function shapeOf(region: StateBox, arrows: readonly Arrow[]): string {
  const relative = (id: string) => (isIn(region, id) ? id.slice(region.id.length) : `/${id}`);
  const boxOf = (box: StateBox): object => ({
    ...box,
    id: relative(box.id),
    name: box === region ? '' : box.name,
    covers: box.covers.map(({ id }) => id),
    states: box.states.map(boxOf),
  });
  const own = arrows.filter(({ from }) => isIn(region, from));
  const lines = own.map((arrow) => {
    const { event, guard } = unnamed(arrow, region);
    return [relative(arrow.from), event, guard, arrow.to.map(relative), arrow.actions];
  });
  return JSON.stringify([boxOf(region), lines]);
}
