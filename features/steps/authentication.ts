import { Then } from '@cucumber/cucumber';
import { titled } from '../support/names.ts';
import type { Outcome, QkdWorld } from '../support/world.ts';

Then(
  "{side} echoes {side}'s challenge",
  function (this: QkdWorld, side: string, _side: string): Outcome {
    const flaw = this.answer?.perceived.flaws[0];
    if (this.answer !== undefined && flaw === undefined) return undefined;
    return this.differs(flaw?.detail ?? `${titled(side)} said nothing`);
  },
);

Then(
  '{side} issues a challenge that she never issued before',
  function (this: QkdWorld, side: string): Outcome {
    const issued = this.frames
      .filter(({ by }) => by === 'peer')
      .map(({ perceived }) => perceived.payload['nextChallenge']);
    const last = issued.at(-1);
    if (typeof last === 'string' && last !== '' && issued.indexOf(last) === issued.length - 1) {
      return undefined;
    }
    return this.differs(`${titled(side)} issued ${String(last)} as challenge ${issued.length}`);
  },
);

/** Nothing else is taken from him, and a new identification is. */
Then(
  '{side} must identify himself again',
  async function (this: QkdWorld, _side: string): Promise<Outcome> {
    return (
      (await this.say('initializationRequest')) ??
      (await this.hear(['UNEXPECTED_COMMAND', 'AUTHENTICATION_INVALID'])) ??
      (await this.say('identificationRequest')) ??
      (await this.hear(['IDENTIFICATION_RESPONSE']))
    );
  },
);
