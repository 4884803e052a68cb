import { stepName } from '../item-path.ts';
import type { Tag } from '../tree.ts';
import type { TagPlace, TagSpelling } from './dialect.ts';
import type { JsonProblemKind } from './problem-kinds.ts';
import { quoted } from './spot.ts';

/** A tag that the registry does not know by this name: hex, or a spelling; 0: nothing knows it. */
export function oddTag(
  name: string,
  place: TagPlace,
  {
    spellings,
    report,
  }: {
    readonly spellings: readonly TagSpelling[];
    readonly report: (kind: JsonProblemKind, found: string) => void;
  },
): Tag {
  if (/^0x[0-9a-fA-F]{6}$/.test(name) && Number(name) > 0) {
    if (!/^0x(42|54)/.test(name)) report('foreignTag', quoted(name));
    return Number(name);
  }
  for (const spelling of spellings) {
    const spelt = spelling(name, place);
    if (spelt === null) continue;
    const meant = spelt.tag === 0 ? '' : `, read as ${stepName(spelt.tag)}`;
    report(spelt.kind, `${quoted(name)}${meant}`);
    return spelt.tag;
  }
  report(name.startsWith('0x') ? 'badTag' : 'unknownTag', quoted(name));
  return 0;
}
