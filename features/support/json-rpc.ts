/** Texts of a sidecar that are odd, in words: «a text that …»; JSON, or the text itself. */
export const oddTexts: Readonly<Record<string, unknown>> = {
  'is no JSON': '{"jsonrpc": "2.0", "method"',
  'is no call': { jsonrpc: '2.0', id: 'odd-1', method: 1 },
  'calls a method that is not': { jsonrpc: '2.0', id: 'odd-1', method: 'resume', params: {} },
  'calls a method without params': { jsonrpc: '2.0', id: 'odd-1', method: 'batch', params: {} },
  'is a notification': { jsonrpc: '2.0', method: 'batch', params: { id: 'none' } },
};

/** The bytes of an odd text. */
export function oddText(name: string): Uint8Array {
  const odd = oddTexts[name];
  return new TextEncoder().encode(typeof odd === 'string' ? odd : JSON.stringify(odd));
}

/** A member of what a JSON-RPC object has under a name: `params`, `result` or `error`. */
export function inner(content: unknown, part: string, name: string): unknown {
  return member(member(content, part), name);
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
