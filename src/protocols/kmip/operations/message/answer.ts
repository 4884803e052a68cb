import type { Item } from '../../tree.ts';
import { tags } from '../../registry/tags.ts';
import { failed } from '../model/failure.ts';
import type { ServerState, Surroundings } from '../model/server.ts';
import * as items from '../model/items.ts';
import { runBatch } from './batch.ts';
import { readHeader } from './header.ts';
import { newBatchMemory } from './placeholders.ts';
import { responseTo } from './response.ts';

/**
 * What a KMIP server answers to a message, and what it remembers of it. Takes any tree; the same
 * requests with the same surroundings have the same answers, but for ECDSA signatures.
 */
export function answer(request: Item, server: ServerState, surroundings: Surroundings): Item {
  const message = readHeader(request, server.settings);
  const response = responseTo(message, server, surroundings);
  const isWrong = surroundings.wrong === 'message';
  if ('failure' in message || isWrong) {
    const failure =
      'failure' in message ? message.failure : failed('unparsable', 'not well written');
    const result = { status: 'failed', failure } as const;
    return response.message([{ operation: undefined, batchItemId: undefined, result }]);
  }
  const { protocol, version, ordered } = message;
  const answers = runBatch(
    { header: message, batchItems: items.all(request, tags.BatchItem), response },
    { ...surroundings, server, protocol, version, ordered, batch: newBatchMemory() },
  );
  server.objects.keep();
  server.streams.keep();
  return response.message(answers);
}
