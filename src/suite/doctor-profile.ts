import type { Protocol } from '#src/contract/protocol.ts';
import type { Budget, Profile } from '#src/contract/target.ts';
import type { Checkup } from './doctor.ts';

/** What a profile declares and pins, and what it leaves to say about destructive messages. */
export function* examineProfile(protocol: Protocol, profile: Profile): Generator<Checkup> {
  const { readings, absent, never, safe, consent = [], budget = {} } = profile;
  const pins = Object.entries(readings).map(([key, reading]) => `${key}=${reading}`);
  yield { check: 'the profile pins', ok: true, detail: pins.join(', ') || 'no reading' };
  if (absent.length > 0) {
    yield { check: 'the profile declares absent', ok: true, detail: absent.join(', ') };
  }
  if (never.length > 0) {
    yield { check: 'the profile says never to send', ok: true, detail: never.join(', ') };
  }
  const limits = budgetText(budget);
  if (limits !== '') yield { check: 'a run may cost', ok: true, detail: limits };
  const mode = safe
    ? 'on: nothing malformed is sent, and nothing destructive without consent'
    : 'off: a run sends malformed messages too; --safe, or safe: true, keeps them back';
  yield { check: 'safe mode is', ok: true, detail: mode };
  const rows = Object.entries(protocol.destructive ?? {});
  const open = rows.filter(([name]) => !consent.includes(name));
  if (open.length === 0) return;
  const check = safe
    ? 'destructive messages without consent are not sent'
    : 'destructive messages that a run may send';
  const reasons = [...new Set(open.map(([, why]) => why))];
  const named = (why: string) => open.filter((row) => row[1] === why).map(([name]) => name);
  const detail = reasons.map((why) => `${named(why).join(', ')} (${why})`).join('; ');
  yield { check, ok: true, detail };
}

function budgetText({ keys, messages, messagesPerSecond }: Budget): string {
  const parts = [
    keys === undefined ? [] : [`${keys} keys`],
    messages === undefined ? [] : [`${messages} messages`],
    messagesPerSecond === undefined ? [] : [`${messagesPerSecond} messages a second`],
  ];
  return parts.flat().join(', ');
}
