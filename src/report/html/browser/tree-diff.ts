import type { TreeRecord } from '../record.ts';

/** One member of two trees that are laid next to each other. */
export interface DiffRow {
  readonly depth: number;
  readonly name: string;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly change: 'same' | 'missing' | 'added' | 'changed';
}

/** Two trees as one list of members; `null` is a tree that is not there. */
export function treeDiff(
  expected: TreeRecord | null,
  actual: TreeRecord | null,
  depth = 0,
): readonly DiffRow[] {
  if (expected === null || actual === null) return oneSided(expected, actual, depth);
  const [name, value, members = []] = expected;
  const [otherName, otherValue, otherMembers = []] = actual;
  const isNamedAlike = name === otherName;
  const shown = isNamedAlike ? value : [name, value].filter((part) => part !== null).join(' ');
  const otherShown = isNamedAlike
    ? otherValue
    : [otherName, otherValue].filter((part) => part !== null).join(' ');
  const change = isNamedAlike && value === otherValue ? 'same' : 'changed';
  const row: DiffRow = {
    depth,
    name: isNamedAlike ? name : 'the frame',
    expected: shown,
    actual: otherShown,
    change,
  };
  const pairs = pairedMembers(members, otherMembers);
  return [row, ...pairs.flatMap(([one, other]) => treeDiff(one, other, depth + 1))];
}

/** A tree that only one of both has. */
export function oneSided(
  expected: TreeRecord | null,
  actual: TreeRecord | null,
  depth: number,
): readonly DiffRow[] {
  const tree = expected ?? actual;
  if (tree === null) return [];
  const [name, value, members = []] = tree;
  const row: DiffRow = {
    depth,
    name,
    expected: expected === null ? null : value,
    actual: actual === null ? null : value,
    change: expected === null ? 'added' : 'missing',
  };
  const below = members.flatMap((member) =>
    oneSided(expected === null ? null : member, actual === null ? null : member, depth + 1),
  );
  return [row, ...below];
}

/** Members of the same name next to each other, the first with the first; in the order of both. */
export function pairedMembers(
  expected: readonly TreeRecord[],
  actual: readonly TreeRecord[],
): readonly (readonly [TreeRecord | null, TreeRecord | null])[] {
  const others = actual.map((member) => ({ member, isTaken: false }));
  const pairs: [TreeRecord | null, TreeRecord | null][] = [];
  let passed = 0;
  for (const member of expected) {
    const at = others.findIndex((other) => !other.isTaken && other.member[0] === member[0]);
    const found = others[at];
    for (; found !== undefined && passed < at; passed += 1) {
      const before = others[passed];
      const isElsewhere = expected.some(([name]) => name === before?.member[0]);
      if (before === undefined || before.isTaken || isElsewhere) continue;
      before.isTaken = true;
      pairs.push([null, before.member]);
    }
    if (found !== undefined) found.isTaken = true;
    pairs.push([member, found?.member ?? null]);
  }
  for (const { member, isTaken } of others) if (!isTaken) pairs.push([null, member]);
  return pairs;
}
