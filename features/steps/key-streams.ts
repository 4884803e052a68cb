import { Then, When } from '@cucumber/cucumber';
import type { JudgedFrame } from '#src/index.ts';
import { memberOf, shown } from '../support/contents.ts';
import { pushes } from '../support/pushes.ts';
import type { Outcome, QkdWorld } from '../support/world.ts';

/** Keys at each end that tell enough. */
const enoughKeys = 2;

When(
  'the QKD device pushes {int} key(s)',
  async function (this: QkdWorld, count: number): Promise<Outcome> {
    let missed: Outcome;
    for (let at = 0; at < count; at += 1) missed ??= await this.say('keyMaterial');
    return missed;
  },
);

When(
  'the QKD device pushes a key {push}',
  async function (this: QkdWorld, name: string): Promise<Outcome> {
    const { player } = await this.playing();
    const content = { ...Object(player.content('keyMaterial')) };
    return this.say('keyMaterial', pushes[name]?.(content) ?? {});
  },
);

When('the QKD device pushes the same key again', function (this: QkdWorld): Promise<Outcome> {
  const last = this.frames.findLast(isPush);
  return this.say('keyMaterial', {
    content: last?.perceived.payload['content'],
    frame: { end: last?.perceived.payload['end'] },
  });
});

Then('the KMS takes {int} key(s)', async function (this: QkdWorld, count: number) {
  const accepted = () => saidBy(this, 'keyAccepted').length;
  const missed = await this.attempt(({ player }) => player.improvise(() => accepted() >= count));
  if (missed !== undefined || accepted() >= count) return missed;
  return this.differs(`The KMS took ${accepted()} keys, not ${count}`);
});

Then('the KMS does not take it', function (this: QkdWorld) {
  return this.hear(['KEY_REFUSED', 'CALL_REFUSED', 'HUNG_UP']);
});

Then('the KMS answers it', function (this: QkdWorld) {
  return this.hear(['KEY_ACCEPTED', 'KEY_REFUSED', 'CALL_REFUSED', 'HUNG_UP']);
});

Then('the KMS asks for no keys', async function (this: QkdWorld): Promise<Outcome> {
  const before = saidBy(this, 'getKey').length;
  const gone = () => saidBy(this, 'openConnect').length > 1;
  const missed = await this.attempt(({ player }) => player.improvise(gone));
  const asked = saidBy(this, 'getKey').length - before;
  if (missed !== undefined || asked === 0) return missed;
  return this.differs('The KMS asked for the keys of a stream that is not open');
});

Then('the KMS leaves no stream open', async function (this: QkdWorld): Promise<Outcome> {
  const missed = await this.attempt(({ player }) => player.improvise());
  const [opened, closed] = [ends(this, 'opened'), ends(this, 'close')];
  const left = opened.filter((end) => !closed.includes(end));
  if (missed !== undefined || left.length === 0) return missed;
  return this.differs(`The KMS left a stream open at end ${left.join(' and ')}`);
});

When(
  'the KMS asks for a stream whose {word} is {word}',
  function (this: QkdWorld, member: string, value: string) {
    const example = { ...Object(this.protocol.model.messages['openConnect']?.example) };
    const qos = { ...Object(example.qos), [member]: JSON.parse(value) };
    const content = { ...example, qos };
    return this.say('openConnect', { content });
  },
);

When('the KMS opens the stream once more', function (this: QkdWorld) {
  const last = this.frames.findLast(({ perceived }) => perceived.message === 'openConnect');
  const id = idOf(this.frames.findLast(({ perceived }) => perceived.message === 'opened'));
  const content = { ...Object(last?.perceived.payload['content']), key_stream_id: id };
  return this.say('openConnect', { content, frame: { end: last?.perceived.payload['end'] } });
});

Then('both ends have the same id', function (this: QkdWorld): Outcome {
  const opened = this.frames.filter(({ perceived }) => perceived.message === 'opened');
  const ids = new Set(opened.map(idOf));
  if (opened.length > 1 && ids.size === 1) return undefined;
  return this.differs(`The ends have the ids ${[...ids].join(' and ')}`);
});

Then('the same keys come at both ends', async function (this: QkdWorld): Promise<Outcome> {
  const at = (end: string) =>
    this.frames.filter((frame) => isPush(frame) && frame.perceived.payload['end'] === end);
  const enough = () => at('a').length >= enoughKeys && at('b').length >= enoughKeys;
  const missed = await this.attempt(async ({ player }) => {
    while (!enough() && (await player.hear()).kind === 'frame');
  });
  if (missed !== undefined) return missed;
  if (!enough()) return this.differs('Too few keys came');
  const keys = new Map(at('a').map((push) => [memberOf(push, 'index'), keyOf(push)]));
  const other = at('b').find((push) => {
    const known = keys.get(memberOf(push, 'index'));
    return known !== undefined && known !== keyOf(push);
  });
  if (other === undefined) return undefined;
  return this.differs(`The keys of index ${shown(memberOf(other, 'index'))} differ`);
});

Then('each key has {int} bytes', function (this: QkdWorld, count: number): Outcome {
  const sizes = this.frames.filter(isPush).map((push) => Buffer.from(keyOf(push), 'base64').length);
  const odd = sizes.find((size) => size !== count);
  if (sizes.length > 0 && odd === undefined) return undefined;
  return this.differs(odd === undefined ? 'No key came' : `A key has ${odd} bytes`);
});

function isPush({ perceived }: JudgedFrame): boolean {
  return perceived.message === 'keyMaterial';
}

function saidBy(world: QkdWorld, message: string): readonly JudgedFrame[] {
  return world.frames.filter(({ by, perceived }) => by === 'peer' && perceived.message === message);
}

/** Where something was said. */
function ends({ frames }: QkdWorld, message: string): readonly string[] {
  return frames
    .filter(({ perceived }) => perceived.message === message)
    .map(({ perceived }) => String(perceived.payload['end']));
}

function keyOf(push: JudgedFrame): string {
  return String(memberOf(push, 'key_buffer'));
}

function idOf(frame: JudgedFrame | undefined): string {
  return String(memberOf(frame, 'key_stream_id')).toLowerCase();
}
