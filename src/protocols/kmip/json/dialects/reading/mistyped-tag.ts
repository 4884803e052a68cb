import { tagsOf } from '../../../registry/tag-names.ts';
import type { TagSpelling } from '../../dialect.ts';

/** Tags with one slip of the pen, `BtachItem`, if only one tag can be meant. */
export const mistypedTag: TagSpelling = (name, { version }) => {
  const [meant, other] = tagsOf(version).filter(([known]) => isOneSlipAway(name, known));
  if (meant === undefined || other !== undefined) return null;
  return { tag: meant[1], kind: 'tagMistyped' };
};

/** Whether one letter was left out, added, changed, or swapped with the next. */
function isOneSlipAway(written: string, known: string): boolean {
  const growth = written.length - known.length;
  if (Math.abs(growth) > 1) return false;
  let start = 0;
  while (start < known.length && written[start] === known[start]) start += 1;
  const [rest, knownRest] = [written.slice(start), known.slice(start)];
  if (growth === 1) return rest.slice(1) === knownRest;
  if (growth === -1) return rest === knownRest.slice(1);
  if (rest.slice(1) === knownRest.slice(1)) return rest !== '';
  const [first, second] = knownRest;
  return rest[0] === second && rest[1] === first && rest.slice(2) === knownRest.slice(2);
}
