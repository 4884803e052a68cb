import type { Ambiguity, MessageRow, Requirement } from '#models/language/index.ts';
import type { Case } from '#src/contract/case.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Mutant } from '#src/contract/side.ts';
import { selectable, type Selectable } from './select.ts';

interface Listed extends Selectable {
  readonly protocol: Protocol;
  readonly title: string;
}

/** Something that has an id: what `list` lists and `explain` explains. */
export type Entry =
  | (Listed & { readonly kind: 'case'; readonly row: Case })
  | (Listed & { readonly kind: 'requirement'; readonly row: Requirement })
  | (Listed & { readonly kind: 'ambiguity'; readonly row: Ambiguity })
  | (Listed & { readonly kind: 'mutant'; readonly row: Mutant })
  | (Listed & { readonly kind: 'message'; readonly row: MessageRow });

/** The kinds of entry, as `--kind` names them. */
export const kinds = {
  cases: 'case',
  requirements: 'requirement',
  ambiguities: 'ambiguity',
  mutants: 'mutant',
  messages: 'message',
} as const satisfies Record<string, Entry['kind']>;

/** Every entry of every protocol, kind by kind. */
export function catalogue(protocols: readonly Protocol[]): readonly Entry[] {
  return protocols.flatMap((protocol) => [
    ...protocol.cases.map((row) => ofCase(protocol, row)),
    ...Object.values(protocol.model.requirements).map((row) => ofRequirement(protocol, row)),
    ...Object.values(protocol.model.ambiguities).map((row) => ofAmbiguity(protocol, row)),
    ...protocol.mutants.map((row) => ofMutant(protocol, row)),
    ...Object.entries(protocol.model.messages).map((entry) => ofMessage(protocol, entry)),
  ]);
}

function ofCase(protocol: Protocol, row: Case): Entry {
  const { id, tags } = selectable(row);
  return { kind: 'case', protocol, id, title: row.title, tags, row };
}

function ofRequirement(protocol: Protocol, row: Requirement): Entry {
  const tags = [row.level, row.basis, `side:${row.binds}`];
  return { kind: 'requirement', protocol, id: row.id, title: row.text, tags, row };
}

function ofAmbiguity(protocol: Protocol, row: Ambiguity): Entry {
  return { kind: 'ambiguity', protocol, id: row.id, title: row.question, tags: [], row };
}

function ofMutant(protocol: Protocol, row: Mutant): Entry {
  const id = row.id.startsWith(`${protocol.name}/`) ? row.id : `${protocol.name}/${row.id}`;
  const depth = row.deep ? ['deep'] : ['shallow'];
  const tags = [...depth, `side:${row.side}`, `requirement:${row.breaks.id}`];
  return { kind: 'mutant', protocol, id, title: row.title, tags, row };
}

function ofMessage(protocol: Protocol, [key, row]: readonly [string, MessageRow]): Entry {
  const id = `${protocol.name}/${key}`;
  const tags = row.saidBy.map((side) => `side:${side}`);
  return { kind: 'message', protocol, id, title: row.wireName, tags, row };
}
