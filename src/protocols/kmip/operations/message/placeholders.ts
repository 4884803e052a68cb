import type { Item, Tag } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { tags } from '../../registry/tags.ts';
import type { BatchMemory, Context } from '../model/context.ts';
import { failed, type Failure } from '../model/failure.ts';
import * as items from '../model/items.ts';

/** What a batch remembers before its first item. */
export function newBatchMemory(): BatchMemory {
  return { placeholder: undefined, answered: [], named: new Map(), outputs: new Map() };
}

/**
 * The identifier that a request means: the one it names or, where it names none, that of the ID
 * Placeholder. KMIP 2.x may point at earlier items by an enumeration or by an index.
 */
export function identifierIn(
  payload: Item,
  context: Context,
  tag: Tag = tags.UniqueIdentifier,
): string | Failure {
  const { batch } = context;
  const named = items.part(payload, tag);
  if (named?.type === 'TextString') return named.value;
  if (named?.type === 'Integer') {
    return batch.answered.at(named.value) ?? failed('noPlaceholder', 'no item answered that one');
  }
  const { IDPlaceholder } = enumerations.UniqueIdentifier;
  if (named?.type === 'Enumeration' && named.value !== IDPlaceholder) {
    return batch.named.get(named.value) ?? failed('noPlaceholder', 'no such item came before');
  }
  const { placeholderWithoutOrder } = context.server.settings.habits;
  if (!context.ordered && placeholderWithoutOrder === 'refused') {
    return failed('noPlaceholder', 'without Batch Order Option no placeholder holds');
  }
  return batch.placeholder ?? failed('noPlaceholder', 'the ID Placeholder is empty');
}

/** Remembers what the items after a successful one may refer to. */
export function rememberAnswer(
  operation: number,
  payload: readonly Item[],
  { batch, server }: Pick<Context, 'batch' | 'server'>,
): void {
  const named = payload.filter((item) => identifierTags.includes(item.tag)).flatMap(textsOf);
  batch.answered.push(...named);
  const { Create, CreateKeyPair, Register, Locate } = enumerations.Operation;
  const names = enumerations.UniqueIdentifier;
  const [first, second] = named;
  if (operation === Create || operation === Register || operation === CreateKeyPair) {
    batch.placeholder = first;
  }
  // Only a single match may be used on: none, or one of many, would be an accident.
  const isKept = server.settings.habits.placeholderAfterLocate === 'kept';
  if (operation === Locate && named.length === 1) batch.placeholder = first;
  else if (operation === Locate && !isKept) batch.placeholder = undefined;
  const note = (name: number, identifier: string | undefined) => {
    if (identifier !== undefined) batch.named.set(name, identifier);
  };
  if (operation === Create) note(names.Create, first);
  if (operation === Register) note(names.Register, first);
  if (operation === Locate) note(names.Locate, first);
  if (operation === CreateKeyPair) {
    note(names.CreateKeyPair, first);
    note(names.CreateKeyPairPrivateKey, first);
    note(names.CreateKeyPairPublicKey, second);
  }
}

const identifierTags: readonly Tag[] = [
  tags.UniqueIdentifier,
  tags.PrivateKeyUniqueIdentifier,
  tags.PublicKeyUniqueIdentifier,
];

function textsOf(item: Item): readonly string[] {
  return item.type === 'TextString' ? [item.value] : [];
}
