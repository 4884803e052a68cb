import { Then, When, type DataTable } from '@cucumber/cucumber';
import { contentOf, shown } from '../support/contents.ts';
import { inner, oddText } from '../support/json-rpc.ts';
import { titled } from '../support/names.ts';
import type { Outcome, QkdWorld } from '../support/world.ts';

When(
  '{side} calls {word} with',
  function (this: QkdWorld, _side: string, method: string, table: DataTable) {
    const content = { jsonrpc: '2.0', id: 'call-1', method, params: contentOf(table) };
    return this.say(method, { content });
  },
);

When('{side} sends a text that {oddText}', function (this: QkdWorld, _side: string, odd: string) {
  return this.say('batch', { frame: { raw: oddText(odd) } });
});

When('{side} sends BATCH in three fragments', function (this: QkdWorld, _side: string) {
  return this.say('batch', { frame: { fragments: [40, 60, 4096] } });
});

When('{side} sends BATCH without a mask', function (this: QkdWorld, _side: string) {
  return this.say('batch', { frame: { mask: null } });
});

When('{side} saves the same batch again', function (this: QkdWorld, _side: string) {
  const last = this.frames.findLast(({ perceived }) => perceived.message === 'batch');
  return this.say('batch', { content: last?.perceived.payload['content'] });
});

When(
  '{side} proves itself with a {word} signature of another text',
  async function (this: QkdWorld, _side: string, which: string) {
    const { player } = await this.playing();
    const content = { ...Object(player.content('challenge')) };
    const name = `${which}Signature`;
    const other = '5a'.repeat(String(inner(content, 'params', name)).length / 2);
    return this.say('challenge', {
      content: { ...content, params: { ...content.params, [name]: other } },
    });
  },
);

When('{side} refuses it as taken', async function (this: QkdWorld, _side: string) {
  const asked = this.frames.findLast(({ perceived }) => perceived.message === 'register');
  const { id } = Object(asked?.perceived.payload['content']);
  const error = { code: 40001, message: 'Sidecar with this id already exists' };
  return this.say('kmsError', { content: { jsonrpc: '2.0', id, error } });
});

Then(
  '{side} refuses it with the code {int}',
  async function (this: QkdWorld, side: string, code: number): Promise<Outcome> {
    const missed = await this.hear(['KMS_ERROR']);
    if (missed !== undefined) return missed;
    const error = last(this, 'kmsError');
    const actual = inner(error, 'error', 'code');
    if (actual === code) return undefined;
    return this.differs(`${titled(side)} refused it with ${shown(actual)}, not ${code}`);
  },
);

Then(
  'the {word} has {int} digits',
  function (this: QkdWorld, name: string, count: number): Outcome {
    const key = inner(last(this, 'registered'), 'result', name);
    if (typeof key === 'string' && key.length === count) return undefined;
    return this.differs(`${name} has ${String(key).length} digits, not ${count}`);
  },
);

Then('it has the id of the batch', function (this: QkdWorld): Outcome {
  const [saved, stored] = [last(this, 'batch'), last(this, 'batchStored')];
  const [wanted, actual] = [inner(saved, 'params', 'id'), inner(stored, 'result', 'id')];
  if (typeof actual === 'string' && actual.toLowerCase() === wanted) return undefined;
  return this.differs(`The id is ${shown(actual)}, not ${shown(wanted)}`);
});

/** What was said last by such a message. */
function last({ frames }: QkdWorld, message: string): unknown {
  const found = frames.findLast(({ perceived }) => perceived.message === message);
  return found?.perceived.payload['content'];
}
