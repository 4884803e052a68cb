import { Given, Then, When } from '@cucumber/cucumber';
import { titled } from '../support/names.ts';
import { states } from '../support/states.ts';
import type { Outcome, QkdWorld } from '../support/world.ts';

/** Where a session stands: reached by the shortest legal way, or by whatever way a client takes. */
Given('{state}', function (this: QkdWorld, state: string) {
  return this.reach(states[state] ?? state);
});

When('{side} connects', async function (this: QkdWorld, _side: string) {
  await this.playing();
});

When('{side} connects again', function (this: QkdWorld, _side: string) {
  return this.attempt(({ player }) => player.reconnect());
});

When(
  "{side}'s connection breaks off and he connects again",
  function (this: QkdWorld, _side: string) {
    return this.attempt(({ player }) => player.reconnect('reset'));
  },
);

Then(
  '{side} closes the connection',
  async function (this: QkdWorld, side: string): Promise<Outcome> {
    const { trace } = await this.playing();
    const missed = await this.attempt(({ player }) => player.improvise());
    const last = trace().events.at(-1);
    if (missed !== undefined || (last?.kind === 'closed' && last.by === 'peer')) return missed;
    return this.differs(`${titled(side)} left the connection open`);
  },
);
