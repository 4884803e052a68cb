import type { Item } from '../../tree.ts';
import { enumerations } from '../../registry/enumerations.ts';
import { masks } from '../../registry/masks.ts';
import { tags } from '../../registry/tags.ts';
import { since, type Context, type Operation } from '../model/context.ts';
import * as items from '../model/items.ts';
import { objectTypes } from './object-types.ts';
import { randomNumberGenerator } from './random-number-generator.ts';

/** Query: what this server can. `codes`: the operations that it does. */
export function queryOf(codes: (context: Context) => readonly number[]): Operation {
  return (payload, context) => {
    const asked = items
      .all(payload, tags.QueryFunction)
      .flatMap((item) => (item.type === 'Enumeration' ? [item.value] : []));
    const has = (wanted: keyof typeof functions) => asked.includes(functions[wanted]);
    return [
      ...(has('QueryOperations') ? codes(context).map(operationItem) : []),
      ...(has('QueryObjects') ? objectTypes(context.version).map(objectTypeItem) : []),
      ...(has('QueryServerInformation') ? serverInformation(context) : []),
      ...(has('QueryRNGs') && since(context, 1, 3) ? [randomNumberGenerator('RNGParameters')] : []),
      ...(has('QueryCapabilities') && since(context, 1, 3) ? [capabilities(context)] : []),
      ...(has('QueryStorageProtectionMasks') ? [storage()] : []),
    ];
  };
}

const functions = enumerations.QueryFunction;

const operationItem = (code: number) => items.enumeration(tags.Operation, code);
const objectTypeItem = (type: number) => items.enumeration(tags.ObjectType, type);

function serverInformation({ server }: Context): readonly Item[] {
  return [
    items.text(tags.VendorIdentification, server.settings.vendorIdentification),
    items.structure(tags.ServerInformation),
  ];
}

/** Undo and Continue are done; streams of several parts are; nothing is answered later. */
function capabilities(context: Context): Item {
  return items.structure(tags.CapabilityInformation, [
    items.boolean(tags.StreamingCapability, true),
    items.boolean(tags.AsynchronousCapability, false),
    items.boolean(tags.AttestationCapability, false),
    ...(since(context, 1, 4)
      ? [
          items.boolean(tags.BatchUndoCapability, true),
          items.boolean(tags.BatchContinueCapability, true),
        ]
      : []),
  ]);
}

function storage(): Item {
  return items.structure(tags.ProtectionStorageMasks, [
    items.integer(tags.ProtectionStorageMask, masks.ProtectionStorageMask.Software),
  ]);
}
