import { systemClock } from '#src/base/clock.ts';
import { dayOf } from '#src/base/date.ts';
import { HarnessError } from '#src/base/errors.ts';
import type { Profile } from '#src/contract/target.ts';
import { readCredentials } from '#src/transport/credentials.ts';
import { meetTls, tryTls, type Met, type TlsPlan } from '#src/transport/tls.ts';
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
    yield { check, ok: met.expiresMs > systemClock.nowMs(), detail: shown(met) };
  } catch (fault) {
    /** Why it is not reached is told when it is tried in earnest. */
    if (!(fault instanceof HarnessError) || fault.code !== 'unreachable') throw fault;
  }
}

function shown({ version, names, issuer, expiresMs }: Met): string {
  const days = Math.floor((expiresMs - systemClock.nowMs()) / dayMs);
  const date = dayOf(expiresMs);
  const left = days < 0 ? `EXPIRED on ${date}` : `until ${date}, ${days} days`;
  const soon = days >= 0 && days < soonDays ? ': renew it soon' : '';
  return `${version}; for ${names.join(', ') || 'no name'}; by ${issuer}; ${left}${soon}`;
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
