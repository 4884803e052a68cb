import { do_not_optimize } from 'mitata';
import { settingsFor } from '#src/contract/choose.ts';
import type { Trace } from '#src/contract/trace.ts';
import { judge } from '#src/judge/judge.ts';
import { digestOf } from '#src/protocols/qosst/codec/writer.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import type { Contest } from './ratio.ts';
import { framesOf } from './session.ts';

/** Judging a whole session, against only reading its frames and checking their digests. */
export function judgeContest(trace: Trace): Contest {
  const settings = settingsFor(qosst);
  const frames = framesOf(trace);
  return {
    what: 'judge a trace, per frame',
    against: 'reading its frames, SHA-256',
    reach: null,
    count: frames.length,
    ours: () => {
      if (judge(qosst, trace).verdict !== 'pass') throw new Error('the session does not pass');
    },
    theirs: () => {
      const reader = qosst.reader(settings);
      for (const bytes of frames) {
        for (const frame of reader.push(bytes)) {
          if (!('headerBytes' in Object(frame))) throw new Error('no frame of QOSST');
          const { headerBytes, contentBytes } = Object(frame);
          do_not_optimize(digestOf(headerBytes, contentBytes));
        }
      }
    },
  };
}
