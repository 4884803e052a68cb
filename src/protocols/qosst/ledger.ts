import type { JudgedFrame } from '#src/contract/case.ts';
import { member, numbers } from './say.ts';

/** What a session came to: frames, symbols revealed, the estimates and what became of them. */
export function ledger(frames: readonly JudgedFrame[]): Readonly<Record<string, string | number>> {
  const said = (message: string) => frames.filter(({ perceived }) => perceived.message === message);
  const revealed = said('peSymbolsResponse').map(
    ({ perceived }) => numbers(member(perceived.payload['content'], 'symbols_real')).length,
  );
  const estimates = said('peFinished').at(-1)?.perceived.payload['content'];
  const estimate = (name: string) => Number(member(estimates, name));
  const known = {
    'photon number per symbol': estimate('n_photon'),
    transmittance: estimate('transmittance'),
    'excess noise, SNU': estimate('excess_noise'),
    'electronic noise, SNU': estimate('electronic_noise'),
    'key rate, bit/s': estimate('key_rate'),
  };
  return {
    frames: said('initializationAccepted').length,
    'symbols revealed': revealed.reduce((sum, count) => sum + count, 0),
    ...(estimates === undefined ? {} : known),
    estimates: said('peApproved').length > 0 ? 'approved' : 'denied',
    'blocks corrected': said('ecBlockAck').length,
    'keys compared': said('ecVerificationSuccess').length > 0 ? 'equal' : 'not equal',
    'privacy amplification': said('paSuccess').length > 0 ? 'done' : 'not done',
  };
}
