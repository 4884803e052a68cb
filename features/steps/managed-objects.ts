import { Given, Then, When, type DataTable } from '@cucumber/cucumber';
import { contentOf } from '../support/contents.ts';
import {
  itemsOf,
  lastOf,
  messageOf,
  requestOf,
  tagOf,
  under,
  type Asked,
  type Fields,
} from '../support/managed-objects.ts';
import { titled } from '../support/names.ts';
import type { Outcome, QkdWorld } from '../support/world.ts';

/** What any server may say to any request: not here, or not for us. */
const declined = new Set([
  'OperationNotSupported',
  'FeatureNotSupported',
  'PermissionDenied',
  'AuthenticationNotSuccessful',
  'ServerLimitExceeded',
]);

/** Says a request of such items. */
export async function ask(
  world: QkdWorld,
  asked: readonly Asked[],
  header: Fields = {},
): Promise<Outcome> {
  const content = await requestOf(world, asked, header);
  return world.say(messageOf(world, asked), { content });
}

/** The response must be a success; an operation that the server has not ends the scenario. */
export async function succeeded(world: QkdWorld): Promise<Outcome> {
  const [item] = itemsOf(lastOf(world, 'server'));
  const reason = String(under(item, 'ResultReason'));
  if (declined.has(reason)) return world.declines(`the server says ${reason}`);
  return world.hear(['SUCCEEDED']);
}

/** A client under test asks by itself: where it does not, the scenario says nothing about it. */
export async function awaited(world: QkdWorld, message: string): Promise<Outcome> {
  const asked = () => {
    const last = world.frames.at(-1);
    return last?.by === 'peer' && last.perceived.message === message;
  };
  const missed = await world.attempt(({ player }) => player.improvise(asked));
  if (missed !== undefined || asked()) return missed;
  return world.declines(`${titled(world.peer)} does not say ${message}`);
}

/** How a key comes into a state: what is done with it, one after the other. */
const ways: Readonly<Record<string, readonly Asked[]>> = {
  'Pre-Active': [],
  Active: [of('Activate')],
  Deactivated: [of('Activate'), revoked('CessationOfOperation')],
  Compromised: [revoked('KeyCompromise')],
  Destroyed: [of('Destroy')],
  'Destroyed Compromised': [revoked('KeyCompromise'), of('Destroy')],
};

Given('a key is {named}', function (this: QkdWorld, state: string): Promise<Outcome> {
  const way = ways[state];
  if (way === undefined) throw new Error(`a key is never ${state}`);
  return done(this, [{ operation: 'Create' }, ...way]);
});

Given('{side} has made two keys', function (this: QkdWorld, _side: string): Promise<Outcome> {
  return done(this, [{ operation: 'Create' }, { operation: 'Create' }]);
});

When('{side} asks for {named}', function (this: QkdWorld, side: string, operation: string) {
  const asked = [{ operation }];
  return side === this.peer ? awaited(this, messageOf(this, asked)) : ask(this, asked);
});

When(
  '{side} asks for {named} with',
  function (this: QkdWorld, _side: string, operation: string, table: DataTable) {
    return ask(this, [{ operation, more: contentOf(table) }]);
  },
);

When('{side} asks for {act}', function (this: QkdWorld, _side: string, act: Asked) {
  return ask(this, [act]);
});

When(
  '{side} asks for {act} with',
  function (this: QkdWorld, _side: string, act: Asked, table: DataTable) {
    return ask(this, [{ ...act, more: contentOf(table) }]);
  },
);

When('{side} sends a batch', function (this: QkdWorld, _side: string, table: DataTable) {
  return ask(this, askedIn(table));
});

When(
  '{side} sends a batch with {named}',
  function (this: QkdWorld, _side: string, option: string, table: DataTable) {
    return ask(this, askedIn(table), { BatchErrorContinuationOption: option });
  },
);

Then('it succeeds', function (this: QkdWorld): Promise<Outcome> {
  return succeeded(this);
});

Then('it fails', function (this: QkdWorld): Promise<Outcome> {
  return this.hear(['FAILED', 'REJECTED']);
});

Then('it fails with {named}', async function (this: QkdWorld, reason: string): Promise<Outcome> {
  const missed = await this.hear(['FAILED', 'REJECTED']);
  const [item] = itemsOf(lastOf(this, 'server'));
  const said = under(item, 'ResultReason');
  if (missed !== undefined || said === tagOf(reason)) return missed;
  return this.differs(`It failed with ${String(said)}, not ${tagOf(reason)}`);
});

Then('the results are {results}', async function (this: QkdWorld, wanted: readonly string[]) {
  const missed = await this.hear(['BATCH_ANSWERED']);
  if (missed !== undefined) return missed;
  const said = itemsOf(lastOf(this, 'server')).map((item) => String(under(item, 'ResultStatus')));
  const [actual, expected] = [said.join(', '), wanted.map(tagOf).join(', ')];
  return actual === expected
    ? undefined
    : this.differs(`The results are ${actual}, not ${expected}`);
});

Then('each result has the operation and the id of its item', function (this: QkdWorld): Outcome {
  const asked = itemsOf(lastOf(this, 'client'));
  for (const [index, item] of itemsOf(lastOf(this, 'server')).entries()) {
    for (const tag of ['Operation', 'UniqueBatchItemID']) {
      const [wanted, actual] = [under(asked[index], tag), under(item, tag)];
      if (actual === wanted) continue;
      return this.differs(`${tag} ${index + 1} is ${String(actual)}, not ${String(wanted)}`);
    }
  }
  return undefined;
});

Then(
  '{object} is {named}',
  async function (this: QkdWorld, object: string, state: string): Promise<Outcome> {
    const more = { AttributeReference: 'State' };
    const missed =
      (await ask(this, [{ operation: 'GetAttributes', object, more }])) ?? (await succeeded(this));
    if (missed !== undefined) return missed;
    const [item] = itemsOf(lastOf(this, 'server'));
    const said = under(item, 'ResponsePayload', 'Attributes', 'State');
    if (said === tagOf(state)) return undefined;
    return this.differs(`${titled('server')} says that ${object} is ${String(said)}, not ${state}`);
  },
);

function of(operation: string): Asked {
  return { operation, object: 'the key' };
}

function revoked(RevocationReasonCode: string): Asked {
  return { ...of('Revoke'), more: { RevocationReason: { RevocationReasonCode } } };
}

/** Each of them succeeds. */
async function done(world: QkdWorld, asked: readonly Asked[]): Promise<Outcome> {
  for (const one of asked) {
    const missed = (await ask(world, [one])) ?? (await succeeded(world));
    if (missed !== undefined) return missed;
  }
  return undefined;
}

/** The items of a batch: an operation and an object each. */
function askedIn(table: DataTable): readonly Asked[] {
  return table.raw().map(([operation = '', object = '']) => ({
    operation,
    ...(object === '' ? {} : { object }),
  }));
}
