import type { AnyStateNode } from 'xstate';

/** The leaves of a state, itself where it is one. */
export function* leavesOf(node: AnyStateNode): Generator<AnyStateNode> {
  if (isLeaf(node)) yield node;
  for (const child of Object.values(node.states)) yield* leavesOf(child);
}

/** A state in which something can be, and nothing further inside it. */
export function isLeaf(node: AnyStateNode): boolean {
  return (node.type === 'atomic' || node.type === 'final') && node.parent !== undefined;
}

/** The name of a state: its own key behind that of its phase, `<phase>.<state>`. */
export function leafName(node: AnyStateNode): string {
  return node.path.slice(-2).join('.');
}
