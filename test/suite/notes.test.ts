import { describe, expect, it } from 'vitest';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import { notesOf } from '#src/suite/notes.ts';

const reached = new Set(['connection.challenged', 'connection.registered', 'inquiries.waiting']);
const ids = (profile: Parameters<typeof notesOf>[1], states: ReadonlySet<string>) =>
  notesOf(centralKms, profile, states).map(({ requirement }) => requirement);

describe('the notes of a run', () => {
  it('tell what holds of the states that it came to, and nothing else', () => {
    expect(ids({}, new Set())).toEqual([]);
    expect(ids({}, new Set(['connection.challenged']))).not.toContain('central-kms/weakChallenge');
    expect(ids({}, reached)).toHaveLength(6);
  });

  it('tell of keys in clear where there is no TLS', () => {
    expect(ids({}, reached)).toContain('central-kms/keysInClear');
    const secured = ids({ tls: { insecure: true } }, reached);
    expect(secured).not.toContain('central-kms/keysInClear');
    expect(secured).toHaveLength(5);
  });

  it('are of requirements that nobody is judged by', () => {
    const rows = centralKms.remarks?.map(({ requirement }) => requirement) ?? [];
    expect(rows.filter(({ level }) => level !== 'MAY')).toEqual([]);
  });
});
