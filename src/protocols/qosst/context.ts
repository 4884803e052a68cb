import type { Conversation } from '#models/qosst/index.ts';
import type { Position } from '#src/chart/chart.ts';

/** What the QOSST machine remembers at a position of its chart. */
export function conversationAt(position: Position): Conversation {
  return recall(position.context);
}

/** The same for a bare context. A context that is not QOSST's is a fault of ours. */
export function recall(context: unknown): Conversation {
  if (!isConversation(context)) throw new TypeError('not the context of a QOSST session');
  return context;
}

function isConversation(context: unknown): context is Conversation {
  return typeof context === 'object' && context !== null && 'challengeFor' in context;
}
