import { Given, Then, When } from '@cucumber/cucumber';
import { jsonForms } from '../support/kmip-texts.ts';
import { all, itemsOf, lastOf, madeIn, under, type Fields } from '../support/managed-objects.ts';
import { messageNamed, titled } from '../support/names.ts';
import type { Bend, Outcome, QkdWorld } from '../support/world.ts';
import { awaited } from './managed-objects.ts';

/** An object that a failure names. */
const notMade = 'an object that was not made';

Given('{side} sends several items at once', function (this: QkdWorld, _side: string) {
  return awaited(this, 'batch');
});

When(
  '{side} has done it, and says so: {string}',
  function (this: QkdWorld, _side: string, how: string) {
    return answer(this, ({ ResponsePayload, ...item }) => ({
      ...item,
      ResultMessage: how,
      ResponsePayload,
    }));
  },
);

When(
  '{side} has failed, and names an object all the same',
  function (this: QkdWorld, _side: string) {
    const failed = { ResultStatus: 'OperationFailed', ResultReason: 'GeneralFailure' };
    const ResponsePayload = { ObjectType: 'SymmetricKey', UniqueIdentifier: notMade };
    return answer(this, ({ Operation }) => ({ Operation, ...failed, ResponsePayload }), 'FAILED');
  },
);

When('{side} answers in pieces', function (this: QkdWorld, _side: string) {
  return this.attempt(async ({ player }) => {
    const bytes = player.compose('succeeded');
    for (let from = 0; from < bytes.length; from += 7) {
      player.write(bytes.subarray(from, from + 7));
      await player.pause(1);
    }
  });
});

When(
  '{side} answers with JSON that {jsonForm}',
  function (this: QkdWorld, _side: string, form: string) {
    const written = jsonForms[form];
    return answer(this, (item) => item, 'SUCCEEDED', { frame: { written } });
  },
);

Then('{side} names what was made', async function (this: QkdWorld, side: string): Promise<Outcome> {
  const made = madeIn(this).keys.at(-1) ?? '';
  const missed = await this.attempt(({ player }) => player.improvise(() => names(this, made)));
  if (missed !== undefined || names(this, made)) return missed;
  return this.declines(`${titled(side)} does nothing with what was made`);
});

Then('{side} never names it', async function (this: QkdWorld, side: string): Promise<Outcome> {
  const missed = await this.attempt(({ player }) => player.improvise());
  if (!names(this, notMade)) return missed;
  return this.differs(`${titled(side)} asks for ${notMade}`);
});

Then('{side} goes on or leaves', function (this: QkdWorld, _side: string): Promise<Outcome> {
  return this.attempt(({ player }) => player.improvise());
});

Then('{side} has an id for each item', function (this: QkdWorld, side: string): Outcome {
  const ids = itemsOf(lastOf(this, 'client')).map((item) => under(item, 'UniqueBatchItemID'));
  if (!ids.includes(undefined) && new Set(ids).size === ids.length) return undefined;
  return this.differs(`${titled(side)} calls its items ${ids.map(String).join(', ')}`);
});

/** Answers the request that awaits it with the usual success, its only item changed. */
async function answer(
  world: QkdWorld,
  change: (item: Fields) => Fields,
  message = 'SUCCEEDED',
  bend: Bend = {},
): Promise<Outcome> {
  const { player } = await world.playing();
  const content = { ...Object(player.content('succeeded')) };
  const BatchItem = all(content, 'BatchItem').map((item) => change({ ...Object(item) }));
  return world.say(messageNamed(world.protocol, message), {
    content: { ...content, BatchItem },
    ...bend,
  });
}

/** Whether a request is about an object. */
function names({ frames }: QkdWorld, id: string): boolean {
  return frames.some(
    (frame) =>
      frame.by === 'peer' &&
      itemsOf(frame).some((item) =>
        all(under(item, 'RequestPayload'), 'UniqueIdentifier').includes(id),
      ),
  );
}
