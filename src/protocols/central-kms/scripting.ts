import type { Scripting } from '#src/contract/scripting.ts';

/** Keys and challenges are the central KMS's; what is signed with them is signed by the script. */
export const scripting: Scripting = {
  module: new URL('./script.js', import.meta.url),
  fresh: { challenge: 'sized', batchKey: 'sized', rowKey: 'sized', 'sec-websocket-accept': 'same' },
  computed: {},
};
