import type { Protocol } from '#src/contract/protocol.ts';
import type { SessionRow, SessionStory } from '#src/report/html/session.ts';
import type { Duet } from '#src/suite/duet.ts';

/** A thing that sides tell of a session, as one line. */
export interface AccountRow {
  readonly name: string;
  readonly value: string;
  readonly sides: readonly string[];
  /** True where two sides name the same thing and have another. */
  readonly differs: boolean;
}

/** What the sides tell, side by side. */
export function accountRows(accounts: Duet['accounts']): readonly AccountRow[] {
  const names = new Set(Object.values(accounts).flatMap((account) => Object.keys(account)));
  return [...names].map((name) => {
    const entries = Object.entries(accounts).filter(([, account]) => name in account);
    const values = new Set(entries.map(([, account]) => account[name]));
    const sides = entries.map(([side]) => side);
    const differs = values.size > 1;
    const said = entries.map(([side, account]) => `${side} has ${account[name]}`);
    return { name, sides, differs, value: differs ? said.join(', ') : [...values].join('') };
  });
}

/** A session as its page tells it; no time is in it, so that the same seed makes the same page. */
export function storyOf(played: Duet, protocol: Protocol, seed: number): SessionStory {
  const showings = Object.values(played.showings());
  const verdicts = Object.entries(played.verdicts).map(
    ([side, { verdict, violation }]): SessionRow => ({
      name: `verdict (${side})`,
      value: violation === null ? verdict : `${verdict}: ${violation.explanation}`,
      isAmiss: verdict === 'fail',
    }),
  );
  const accounts = accountRows(played.accounts).map(
    ({ name, value, sides, differs }): SessionRow => ({
      name: `${name} (${sides.join(' and ')})`,
      value: differs ? `differs: ${value}` : value,
      isAmiss: differs,
    }),
  );
  const setting = showings.flatMap((showing) => Object.entries(showing.setting));
  const found = showings.flatMap((showing) => Object.entries(showing.found));
  const pairs = (entries: readonly (readonly [string, string | number])[]) =>
    entries.map(([name, value]) => ({ name, value }));
  return {
    title: `${protocol.model.title}: a session`,
    summary: `Both reference sides, ${played.messages} messages, seed ${seed}.`,
    tables: [
      { heading: 'Ledger', rows: pairs(Object.entries(played.ledger)) },
      { heading: 'What the sides have', rows: [...verdicts, ...accounts, ...pairs(found)] },
      { heading: 'Setting', rows: pairs(setting) },
    ],
    pictures: showings.flatMap(({ pictures }) => pictures),
  };
}
