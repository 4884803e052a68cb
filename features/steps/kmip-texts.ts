import { Then, When, type DataTable } from '@cucumber/cucumber';
import { jsonForms, streamFaults, ttlvFaults, type Rewrite } from '../support/kmip-texts.ts';
import { itemsOf, lastOf, requestOf, under, type Asked } from '../support/managed-objects.ts';
import { titled } from '../support/names.ts';
import type { Outcome, QkdWorld } from '../support/world.ts';
import { ask, succeeded } from './managed-objects.ts';

/** What any server can answer, and what changes nothing. */
const query: Asked = { operation: 'Query' };

/** Longest wait for what a server may say to a stream that is broken, ms. */
const listenMs = 80;

When(
  '{side} sends a message in which {ttlvFault}',
  async function (this: QkdWorld, _side: string, name: string): Promise<Outcome> {
    return this.say('query', {
      content: await requestOf(this, [query]),
      bytes: named(ttlvFaults, name),
    });
  },
);

When(
  '{side} sends a stream in which {streamFault}',
  async function (this: QkdWorld, _side: string, name: string): Promise<Outcome> {
    if (this.subject.profile.safe) return this.skip('safe mode: nothing malformed is sent');
    const content = await requestOf(this, [query]);
    return this.attempt(async ({ player }) => {
      player.send('query', { content, bytes: named(streamFaults, name) });
      await player.listen(listenMs);
    });
  },
);

When(
  '{side} sends a request byte by byte',
  async function (this: QkdWorld, _side: string): Promise<Outcome> {
    const content = await requestOf(this, [query]);
    return this.attempt(({ player }) => {
      for (const byte of player.compose('query', { content })) player.write(Uint8Array.of(byte));
      return player.hear();
    });
  },
);

When(
  '{side} sends {int} requests at once',
  async function (this: QkdWorld, _side: string, count: number): Promise<Outcome> {
    const content = await requestOf(this, [query]);
    return this.attempt(async ({ player }) => {
      const one = player.compose('query', { content });
      player.write(Buffer.concat(Array(count).fill(one)));
      for (let heard = 0; heard < count; heard += 1) await player.hear();
    });
  },
);

Then('{int} requests are answered', function (this: QkdWorld, count: number): Outcome {
  const answered = this.frames.filter(({ by }) => by === 'peer').length;
  if (answered === count) return undefined;
  return this.differs(`${answered} requests are answered, not ${count}`);
});

When(
  '{side} sends JSON that {jsonForm}',
  async function (this: QkdWorld, _side: string, name: string): Promise<Outcome> {
    const frame = { written: named(jsonForms, name) };
    return this.say('query', { content: await requestOf(this, [query]), frame });
  },
);

When('{side} sends this batch', function (this: QkdWorld, _side: string, text: string) {
  return this.say('batch', { frame: { raw: Buffer.from(text, 'utf8') } });
});

When(
  '{side} asks for {named} in {int} bytes at most',
  function (this: QkdWorld, _side: string, operation: string, MaximumResponseSize: number) {
    return ask(this, [{ operation }], { MaximumResponseSize });
  },
);

When(
  '{side} asks for {named} in no more bytes than that response',
  function (this: QkdWorld, _side: string, operation: string) {
    return ask(this, [{ operation }], { MaximumResponseSize: sizeOf(this) });
  },
);

When(
  '{side} asks for {named} in one byte less than that response',
  function (this: QkdWorld, _side: string, operation: string) {
    return ask(this, [{ operation }], { MaximumResponseSize: sizeOf(this) - 1 });
  },
);

When(
  '{side} asks for {named} as one item and counts {int}',
  async function (this: QkdWorld, _side: string, operation: string, BatchCount: number) {
    const content = await requestOf(this, [{ operation }]);
    const counted = { ...content, RequestHeader: { ...content.RequestHeader, BatchCount } };
    return this.say('query', { content: counted });
  },
);

When(
  '{side} asks for {named} in version {word}',
  async function (this: QkdWorld, _side: string, operation: string, version: string) {
    const [ProtocolVersionMajor, ProtocolVersionMinor] = version.split('.').map(Number);
    const ProtocolVersion = { ProtocolVersionMajor, ProtocolVersionMinor };
    const content = await requestOf(this, [{ operation }]);
    const header = { ...content.RequestHeader, ProtocolVersion };
    return this.say('query', { content: { ...content, RequestHeader: header } });
  },
);

Then('{side} refuses the message', async function (this: QkdWorld, side: string): Promise<Outcome> {
  const { trace } = await this.playing();
  if (trace().events.at(-1)?.kind === 'closed') return undefined;
  const [item] = itemsOf(lastOf(this, 'server'));
  const isHttp =
    under(lastOf(this, 'server')?.perceived.payload['content'], 'status') !== undefined;
  if (isHttp || under(item, 'ResultStatus') === 'OperationFailed') return undefined;
  return this.differs(`${titled(side)} took the message`);
});

Then(
  '{side} serves another connection',
  async function (this: QkdWorld, _side: string): Promise<Outcome> {
    return (
      (await this.attempt(({ player }) => player.reconnect())) ??
      (await ask(this, [query])) ??
      succeeded(this)
    );
  },
);

Then('these repairs are told', function (this: QkdWorld, table: DataTable): Outcome {
  const flaws = lastOf(this, 'client')?.perceived.flaws ?? [];
  for (const [repair = '', wanted = ''] of table.raw()) {
    const told = flaws.filter(({ detail }) => detail.includes(repair)).length;
    if (told === Number(wanted)) continue;
    return this.differs(`'${repair}' is told ${told} times, not ${wanted}`);
  }
  return undefined;
});

/** The size of what the server said last, in TTLV. */
function sizeOf(world: QkdWorld): number {
  return Number(lastOf(world, 'server')?.perceived.payload['size']);
}

function named(rewrites: Readonly<Record<string, Rewrite>>, name: string): Rewrite {
  const found = rewrites[name];
  if (found === undefined) throw new Error(`nobody knows how '${name}'`);
  return found;
}
