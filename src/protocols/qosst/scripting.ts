import type { Scripting } from '#src/contract/scripting.ts';
import { sendsSymbols } from './optics.ts';

/** Challenges are drawn by both sides; digests are worked out again by the script. */
export const scripting: Scripting = {
  module: new URL('./script.js', import.meta.url),
  fresh: { challenge: 'sized', next_challenge: 'sized', digest: 'sized' },
  computed: {},
  refuses: ({ options }) => {
    if (sendsSymbols(options)) return 'what is said comes of simulated samples';
    const { authenticator = 'none' } = options;
    return authenticator === 'none' ? null : 'its frames are signed, with challenges made anew';
  },
};
