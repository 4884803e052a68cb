import type { Scripting } from '#src/contract/scripting.ts';

const signed = 'it is signed with keys that the central KMS makes anew for each session';

/** Keys, challenges and the ids of calls are made anew by whoever says them. */
export const scripting: Scripting = {
  module: new URL('./script.js', import.meta.url),
  fresh: { challenge: 'sized', batchKey: 'sized', rowKey: 'sized', 'sec-websocket-accept': 'same' },
  computed: { challenge: signed, batch: signed },
};
