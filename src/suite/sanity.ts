import { HarnessError } from '#src/base/errors.ts';
import type { Case } from '#src/contract/case.ts';
import type { Perceived } from '#src/contract/frame.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { schemeOf, schemesOf } from '#src/contract/schemes.ts';
import { followed } from '#src/judge/followed.ts';
import { playCase, type Bench } from './run-case.ts';

/** Limits of a calibrated wait for an answer, ms. */
const floorMs = 1000;
const ceilingMs = 10_000;
/** Answers that take this many times as long as the sanity exchange are still awaited. */
const patience = 50;

/** The shortest whole session: it begins, and its farewell follows. */
export function greeting({ protocol, profile }: Pick<Bench, 'protocol' | 'profile'>): Case {
  return {
    id: `${protocol.name}/sanity`,
    title: 'The target greets and takes its leave',
    covers: [],
    against: profile.side,
  };
}

/** What a target must do to be there: say a message of the protocol, or answer with any bytes. */
export type Demand = 'speaks' | 'answers';

/**
 * Why the target fails the sanity exchange, or `null`. It passes when it says anything of the
 * protocol at all (or anything, where that is enough): what it says wrongly is to be found.
 */
export async function sane(bench: Bench, demand: Demand = 'speaks'): Promise<string | null> {
  try {
    const { verdict, trace } = await playCase(bench, greeting(bench));
    if (demand === 'answers' && trace.events.some(({ kind }) => kind === 'received')) return null;
    const settings = settingsFor(bench.protocol, {
      ...bench.profile,
      pinned: bench.profile.readings,
    });
    const frames = followed(bench.protocol, trace, settings);
    const isSaid = ({ message, unsaid }: Perceived) => message !== null && unsaid !== true;
    if (frames.some(({ by, perceived }) => by === 'peer' && isSaid(perceived))) return null;
    const said = verdict.violation?.explanation ?? verdict.note ?? 'it said nothing';
    return `${said}${hintFor(bench)}`;
  } catch (fault) {
    if (fault instanceof HarnessError && fault.code === 'unreachable') return fault.message;
    throw fault;
  }
}

/**
 * How long to wait for an answer, ms: a multiple of what the sanity exchange took.
 * @throws HarnessError `unreachable` when the target fails it.
 */
export async function calibrate(bench: Bench, demand: Demand = 'speaks'): Promise<number> {
  const beganMs = bench.clock.nowMs();
  const why = await sane(bench, demand);
  if (why !== null) {
    throw new HarnessError('unreachable', `the sanity exchange failed: ${why}`);
  }
  const tookMs = bench.clock.nowMs() - beganMs;
  return Math.min(ceilingMs, Math.max(floorMs, Math.round(tookMs * patience)));
}

/** What may be the matter with a connection that came about and leads nowhere; begins with a blank. */
function hintFor({ protocol, profile }: Bench): string {
  const { target, tls, dialect } = profile;
  if (target.kind !== 'address') return '';
  if (tls !== undefined) {
    const wantsOwn = ' Perhaps it wants a certificate of ours: --tls-cert and --tls-key.';
    return tls.cert === undefined ? wantsOwn : '';
  }
  const isSecure = Object.values(schemesOf(protocol)).some(({ secure }) => secure === true);
  const over = schemeOf(protocol, { secure: true, dialect });
  return isSecure ? ` Perhaps it speaks TLS: ${over}://.` : '';
}
