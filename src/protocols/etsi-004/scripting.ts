import type { Scripting } from '#src/contract/scripting.ts';
import { framingRules } from './framing/dialect.ts';
import { endpoints, endsOf } from './settings.ts';

/** Ids of streams and keys are the device's. */
export const scripting: Scripting = {
  module: new URL('./script.js', import.meta.url),
  fresh: { key_stream_id: 'id', key_buffer: 'sized' },
  computed: {},
  awaited: (settings) => {
    if (framingRules(settings) !== null) return [];
    const ends = endsOf(settings) === 1 ? (['a'] as const) : (['a', 'b'] as const);
    return ends.map((end) => endpoints(settings, end).source);
  },
};
