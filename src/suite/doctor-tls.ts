import { systemClock } from '#src/base/clock.ts';
import { dayOf } from '#src/base/date.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Profile } from '#src/contract/target.ts';
import { readCredentials } from '#src/transport/credentials.ts';
import { validitiesIn, type Validity } from '#src/transport/certificates.ts';
import { meetTls, tryTls, type TlsPlan } from '#src/transport/tls.ts';
import type { Checkup } from './doctor.ts';

/** Longest wait for one handshake, ms. */
const limitMs = 10_000;
const dayMs = 86_400_000;
/** A certificate that ends sooner is worth a word, days. */
const soonDays = 30;

/** What a server over TLS shows of itself, whether it is believed or not. */
export async function* examineCertificate({ target, tls }: Profile): AsyncGenerator<Checkup> {
  if (target.kind !== 'address' || tls === undefined) return;
  const credentials = { ...readCredentials(tls, 'TLSv1.2'), insecure: true };
  const check = 'the target speaks TLS and shows a certificate';
  try {
    const met = await meetTls(target, { credentials, limitMs });
    const { version, names, issuer } = met;
    const about = `${version}; for ${names.join(', ') || 'no name'}; by ${issuer}`;
    yield { check, ok: holds(met), detail: `${about}; ${span(met)}` };
  } catch (fault) {
    /** Why it is not reached is told when it is tried in earnest. */
    if (!(fault instanceof HarnessError) || fault.code !== 'unreachable') throw fault;
  }
}

/** Whether what we show and whom we believe still holds: nobody has to be asked for that. */
export function* examineOwn({ tls }: Profile): Generator<Checkup> {
  if (tls === undefined) return;
  const { own, ca } = readCredentials(tls, 'TLSv1.2');
  if (own !== null) {
    const [first] = validitiesIn(own.cert);
    const check = 'our certificate';
    if (first !== undefined) yield { check, ok: holds(first), detail: span(first) };
  }
  if (ca === null) return;
  const all = validitiesIn(ca).toSorted((left, right) => right.expiresMs - left.expiresMs);
  /** Of several authorities one will do. */
  const best = all.find(holds) ?? all[0];
  const check = 'the authority that is believed';
  if (best !== undefined) yield { check, ok: holds(best), detail: span(best) };
}

function holds({ beginsMs, expiresMs }: Validity): boolean {
  const nowMs = systemClock.nowMs();
  return beginsMs <= nowMs && nowMs < expiresMs;
}

/** From when on or until when a certificate holds, and what is to be done about it. */
function span({ beginsMs, expiresMs }: Validity): string {
  const nowMs = systemClock.nowMs();
  const days = Math.floor((expiresMs - nowMs) / dayMs);
  if (beginsMs > nowMs) return `NOT VALID before ${dayOf(beginsMs)}: is a clock wrong?`;
  if (days < 0) return `EXPIRED on ${dayOf(expiresMs)}`;
  const soon = days < soonDays ? ': renew it soon' : '';
  return `until ${dayOf(expiresMs)}, ${days} days${soon}`;
}

/**
 * What a server over TLS demands of its clients. No answer is wrong: TLS 1.3 with certificates of
 * both sides is recommended, not demanded.
 */
export async function* examineTls({ target, tls }: Profile): AsyncGenerator<Checkup> {
  if (target.kind !== 'address' || tls === undefined) return;
  const credentials = readCredentials(tls, 'TLSv1.2');
  const asks = async (plan: TlsPlan) => refusalOf(() => tryTls(target, plan));
  const nameless = await asks({ credentials: { ...credentials, own: null }, limitMs });
  yield {
    check: 'the target asks its clients for a certificate',
    ok: true,
    detail: nameless === null ? 'no: it takes them without one' : `yes: ${nameless}`,
  };
  const older = await asks({ credentials, limitMs, version: 'TLSv1.2' });
  const isUnknown = older !== null && nameless !== null && credentials.own === null;
  const demand = isUnknown ? 'nobody can tell without a certificate of ours' : `yes: ${older}`;
  yield {
    check: 'the target demands TLS 1.3',
    ok: true,
    detail: older === null ? 'no: it takes TLS 1.2' : demand,
  };
}

/** Why a connection does not come about; `null` where it does. */
async function refusalOf(attempt: () => Promise<unknown>): Promise<string | null> {
  try {
    await attempt();
    return null;
  } catch (fault) {
    if (!(fault instanceof HarnessError)) throw fault;
    return fault.message.replace(/^.* over TLS: /, '');
  }
}
