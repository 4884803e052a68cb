import { itemsOf, textAt } from '#models/kmip/index.ts';
import type { JudgedFrame } from '#src/contract/case.ts';

/** What a session came to: requests, their items, and how these ended. */
export function ledger(frames: readonly JudgedFrame[]): Readonly<Record<string, string | number>> {
  const contents = frames.map(({ perceived }) => perceived.payload['content']);
  const asked = contents.flatMap((content) => itemsOf(content));
  const ended = (status: string) =>
    asked.filter((item) => textAt(item, 'ResultStatus') === status).length;
  return {
    operations: asked.filter((item) => textAt(item, 'ResultStatus') === null).length,
    successes: ended('Success'),
    failures: ended('OperationFailed'),
    undone: ended('OperationUndone'),
  };
}
