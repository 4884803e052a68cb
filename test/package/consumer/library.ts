import { duet, protocolOf, protocols, settingsFor, type Verdict } from 'qkdspec';

const protocol = protocolOf('etsi-004', protocols);
const settings = settingsFor(protocol);
const signal = AbortSignal.timeout(30_000);
const { verdicts } = await duet({ protocol, settings, seed: 1, signal, watch: () => {} });
const both: readonly Verdict[] = Object.values(verdicts);
console.log(both.map(({ verdict }) => verdict).join(' '));

// @ts-expect-error: a name, not a number, where types came along
export const wrong: number = protocol.name;
