import { Then, When } from '@cucumber/cucumber';
import { memberOf, shown } from '../support/contents.ts';
import { titled } from '../support/names.ts';
import type { Outcome, QkdWorld } from '../support/world.ts';

When(
  '{side} asks for the symbol(s) at index/indices {indices}',
  function (this: QkdWorld, _side: string, indices: readonly number[]) {
    return this.say('peSymbolsRequest', { content: { indices } });
  },
);

Then(
  '{side} reveals {int} symbol(s)',
  async function (this: QkdWorld, side: string, count: number): Promise<Outcome> {
    const missed = await this.hear(['PE_SYMBOLS_RESPONSE']);
    if (missed !== undefined) return missed;
    const parts = ['symbols_real', 'symbols_imag'].map((part) => memberOf(this.answer, part));
    const counts = parts.map((part) => (Array.isArray(part) ? part.length : null));
    if (counts.every((found) => found === count)) return undefined;
    return this.differs(`${titled(side)} revealed ${counts.join(' real and ')} imaginary parts`);
  },
);

Then(
  '{side} tells the mean number of photons per symbol',
  async function (this: QkdWorld, side: string): Promise<Outcome> {
    const missed = await this.hear(['PE_NPHOTON_RESPONSE']);
    if (missed !== undefined) return missed;
    const number = memberOf(this.answer, 'n_photon');
    if (typeof number === 'number' && number >= 0) return undefined;
    return this.differs(`${titled(side)} told ${shown(number)}`);
  },
);
