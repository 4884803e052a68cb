import type { Exhibit, ExhibitFrame, ExhibitStep, FrameTree } from '#src/contract/exhibit.ts';
import { bounded } from './pack.ts';
import type { ExhibitRecord, FrameRecord, StepRecord, TreeRecord } from './record.ts';

/** How much of a trace a page holds. */
const most = {
  steps: 200,
  lineCharacters: 400,
  bytes: 1024,
  members: 300,
  allowed: 4,
  flaws: 20,
} as const;

/** An exhibit as a page holds it: bounded, and without the bytes of key material. */
export function exhibitRecord({ peer, player, steps, wrongAt, allowed }: Exhibit): ExhibitRecord {
  const until = Math.min(steps.length, (wrongAt ?? steps.length - 1) + 10);
  const from = Math.max(0, until - most.steps);
  const wrong = wrongAt === null ? null : (steps[wrongAt] ?? null);
  const asked = steps.slice(0, wrongAt ?? steps.length).findLast((step) => step.by === player);
  return {
    peer,
    player,
    steps: steps.slice(from, until).map((step, at) => stepRecord(step, steps[from + at - 1])),
    leftOut: from,
    wrongAt: wrongAt === null ? null : wrongAt - from,
    actual: frameOrNull(wrong?.frame),
    asked: frameOrNull(asked?.frame),
    allowed: allowed.slice(0, most.allowed).map(({ frame }) => frameRecord(frame)),
    alsoAllowed: allowed.slice(most.allowed).map(({ message }) => message),
  };
}

/** With the states that it brought: the others are as they were. */
function stepRecord(step: ExhibitStep, before: ExhibitStep | undefined): StepRecord {
  const { kind, by, atMs, line } = step;
  const states = step.states.filter((state) => before?.states.includes(state) === false);
  const shown = bounded(line, most.lineCharacters);
  return { kind, by, atMs: Math.round(atMs * 10) / 10, line: shown, states: states.slice(0, 3) };
}

function frameOrNull(frame: ExhibitFrame | null | undefined): FrameRecord | null {
  return frame === null || frame === undefined ? null : frameRecord(frame);
}

function frameRecord({ message, flaws, bytes, secret, tree }: ExhibitFrame): FrameRecord {
  return {
    message: message ?? 'no message',
    flaws: flaws
      .slice(0, most.flaws)
      .map(({ detail, requirement }) =>
        bounded(`${detail} [${requirement.id}]`, most.lineCharacters),
      ),
    length: bytes.length,
    bytes: masked(bytes, secret),
    tree: treeRecord(tree, { members: most.members }),
  };
}

/** Hexadecimal with the number of bytes where key material stands; what is too long is cut off. */
export function masked(
  bytes: Uint8Array,
  secret: ExhibitFrame['secret'],
): readonly (string | number)[] {
  const parts: (string | number)[] = [];
  const shown = Math.min(bytes.length, most.bytes);
  let at = 0;
  for (const { from, to } of secret.toSorted((left, right) => left.from - right.from)) {
    if (from >= shown) break;
    if (from > at) parts.push(hex(bytes.subarray(at, from)));
    if (to > Math.max(at, from)) parts.push(to - Math.max(at, from));
    at = Math.max(at, to);
  }
  if (at < shown) parts.push(hex(bytes.subarray(at, shown)));
  return parts;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** `left` counts the members that there is still room for. */
function treeRecord(tree: FrameTree, left: { members: number }): TreeRecord {
  left.members -= 1;
  const { name, value, children } = tree;
  const shown = value === null ? null : bounded(value, most.lineCharacters);
  if (children.length === 0) return [bounded(name, 100), shown];
  const members: TreeRecord[] = [];
  for (const child of children) {
    if (left.members <= 0) {
      members.push([`… ${children.length - members.length} members more`, null]);
      break;
    }
    members.push(treeRecord(child, left));
  }
  return [bounded(name, 100), shown, members];
}
