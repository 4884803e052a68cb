import { Given, Then, When, type DataTable } from '@cucumber/cucumber';
import { contentOf, memberOf, shown } from '../support/contents.ts';
import { faults } from '../support/faults.ts';
import { messageNamed, titled } from '../support/names.ts';
import type { Bend, Outcome, QkdWorld } from '../support/world.ts';

/**
 * Who says what. The side that we play says it; of the side under test the same sentence tells
 * what it must say.
 */
When('{side} sends/answers {messages}', speak);
Given('{side} has sent {messages}', speak);
When('{side} sends/answers {messages} with', speakOf);
Given('{side} has sent {messages} with', speakOf);

When(
  '{side} sends/answers {messages} with the UUID of another frame',
  function (this: QkdWorld, _side: string, names: readonly string[]) {
    return say(this, names, { content: { frame_uuid: '00000000-0000-4000-8000-000000000000' } });
  },
);

When(
  '{side} sends/answers {messages} without {word}',
  function (this: QkdWorld, _side: string, names: readonly string[], left: string) {
    const [name = ''] = names;
    const example = this.protocol.model.messages[messageNamed(this.protocol, name)]?.example;
    const kept = Object.entries(example ?? {}).filter(([member]) => member !== left);
    return say(this, names, { content: Object.fromEntries(kept) });
  },
);

When(
  '{side} sends/answers {messages} in a frame that {fault}',
  function (this: QkdWorld, _side: string, names: readonly string[], fault: string) {
    return say(this, names, faults[fault]?.(this));
  },
);

When("{side}'s next frame {fault}", function (this: QkdWorld, _side: string, fault: string) {
  return say(this, ['INITIALIZATION_REQUEST'], faults[fault]?.(this));
});

When(
  '{side} sends his last frame once more, byte for byte',
  async function (this: QkdWorld, _side: string) {
    const { trace } = await this.playing();
    const sent = trace().events.flatMap((event) => (event.kind === 'sent' ? [event.bytes] : []));
    const message = this.frames.findLast(({ by }) => by === 'player')?.perceived.message;
    const bytes = sent.at(-1);
    if (bytes === undefined || message === undefined || message === null)
      throw new Error('there is no last frame');
    return this.say(message, { bytes: () => bytes });
  },
);

Then(
  '{side} answers {messages} with the code of {messages}',
  async function (
    this: QkdWorld,
    _side: string,
    names: readonly string[],
    [refused = '']: readonly string[],
  ): Promise<Outcome> {
    const row = this.protocol.model.messages[messageNamed(this.protocol, refused)] ?? {};
    return (await this.hear(names)) ?? members(this, { code: Reflect.get(row, 'code') });
  },
);

Then(
  '{side} answers {messages} with the same {word}',
  async function (
    this: QkdWorld,
    _side: string,
    names: readonly string[],
    member: string,
  ): Promise<Outcome> {
    const asked = this.frames.findLast(({ by }) => by === 'player');
    return (await this.hear(names)) ?? members(this, { [member]: memberOf(asked, member) });
  },
);

Then(
  '{side} sends {messages} or leaves',
  async function (this: QkdWorld, side: string, names: readonly string[]): Promise<Outcome> {
    const { player, trace } = await this.playing();
    const gone = () => trace().events.at(-1)?.kind === 'closed';
    const before = this.frames.length;
    const spoke = () => this.frames.slice(before).some(({ by }) => by === 'peer');
    const missed = await this.attempt(() => player.improvise(spoke));
    if (missed !== undefined || gone()) return missed;
    if (!spoke()) return this.differs(`${titled(side)} fell silent`);
    return this.hear([...names, 'DISCONNECTION']);
  },
);

function speak(this: QkdWorld, side: string, names: readonly string[]): Promise<Outcome> {
  return side === this.peer ? this.hear(names) : say(this, names);
}

async function speakOf(
  this: QkdWorld,
  side: string,
  names: readonly string[],
  table: DataTable,
): Promise<Outcome> {
  const content = contentOf(table);
  if (side !== this.peer) return say(this, names, { content });
  return (await this.hear(names)) ?? members(this, content);
}

function say(world: QkdWorld, names: readonly string[], bend?: Bend): Promise<Outcome> {
  const [name = '', ...more] = names;
  if (more.length > 0) throw new Error(`we cannot say ${names.join(' or ')}: name one message`);
  return world.say(messageNamed(world.protocol, name), bend);
}

/** What was heard must hold these members. */
function members(world: QkdWorld, wanted: Readonly<Record<string, unknown>>): Outcome {
  for (const [name, value] of Object.entries(wanted)) {
    const actual = memberOf(world.answer, name);
    if (shown(actual) === shown(value)) continue;
    return world.differs(`its ${name} is ${shown(actual)}, not ${shown(value)}`);
  }
  return undefined;
}
