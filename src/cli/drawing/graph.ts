import type { AnyStateNode } from 'xstate';
import type { Model, Requirement } from '#models/language/index.ts';

/** A state, with the states in it. */
export interface StateBox {
  /** Path from the root, joined by `.`; the root's is the machine's name. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** True for the state that its parent begins in. */
  readonly initial: boolean;
  readonly tags: readonly string[];
  readonly covers: readonly Requirement[];
  /** Why it is left out of coverage; `null`: it is not. */
  readonly aside: string | null;
  readonly states: readonly StateBox[];
}

/** A transition; without targets it stays where it is. */
export interface Arrow {
  /** `<phase>.<state>:<event>:<n>`, as in reports. */
  readonly id: string;
  readonly from: string;
  readonly event: string;
  readonly guard: string | null;
  readonly to: readonly string[];
  readonly actions: readonly string[];
}

/** A machine as it is drawn. */
export interface MachineGraph {
  readonly model: Model;
  readonly root: StateBox;
  readonly arrows: readonly Arrow[];
}

/** The machine of a model as a graph. */
export function graphOf(model: Model): MachineGraph {
  const { root } = model.session;
  return { model, root: boxOf(root), arrows: [...arrowsOf(root)] };
}

function boxOf(node: AnyStateNode): StateBox {
  const { parent, type, tags } = node;
  const covers: readonly Requirement[] = node.meta?.covers ?? [];
  const aside: string | null = node.meta?.aside ?? null;
  return {
    id: idOf(node),
    name: node.key,
    kind: type,
    initial: parent?.type === 'compound' && parent.initial.target.includes(node),
    tags,
    covers,
    aside,
    states: Object.values<AnyStateNode>(node.states).map(boxOf),
  };
}

function* arrowsOf(node: AnyStateNode): Generator<Arrow> {
  for (const [event, definitions] of node.transitions) {
    for (const [index, definition] of definitions.entries()) {
      yield {
        id: `${node.path.slice(-2).join('.')}:${event}:${index}`,
        from: idOf(node),
        event,
        guard: nameOf(definition.guard),
        to: (definition.target ?? []).map(idOf),
        actions: definition.actions.flatMap((action: unknown) => nameOf(action) ?? []),
      };
    }
  }
  for (const child of Object.values<AnyStateNode>(node.states)) yield* arrowsOf(child);
}

function idOf(node: AnyStateNode): string {
  return node.path.length === 0 ? node.key : node.path.join('.');
}

/** Guards and actions are named, plainly or as `{ type }`. */
function nameOf(named: unknown): string | null {
  if (typeof named === 'string') return named;
  const type: unknown =
    typeof named === 'object' && named !== null ? Reflect.get(named, 'type') : null;
  return typeof type === 'string' ? type : null;
}
