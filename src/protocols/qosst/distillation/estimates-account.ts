import type { Measured } from '#src/optics/estimation.ts';
import type { Found } from '#src/optics/findings.ts';
import { alarmText } from '#src/optics/health.ts';
import type { KeyRate } from '#src/optics/key-rate/gaussian.ts';

/** What Bob tells of the link as he found it: each number with its standard deviation. */
export function estimatesAccount(found: Found | null): Readonly<Record<string, string>> {
  if (found === null) return {};
  const { estimate, rates, alarms } = found;
  const shown = ({ value, deviation }: Measured) =>
    `${value.toPrecision(5)} ± ${deviation.toPrecision(2)}`;
  const [alarm] = alarms;
  return {
    'T estimated': shown(estimate.transmittance),
    'xi estimated, SNU': shown(estimate.excessNoiseSnu),
    'key, bit/symbol': told(rates.asymptotic),
    'key of a block of this size, bit/symbol': told(rates['finite-size']),
    ...(alarm === undefined ? {} : { 'health test': alarmText(alarm) }),
  };
}

function told(rate: KeyRate): string {
  return rate.kind === 'rate' ? rate.bitsPerSymbol.toPrecision(5) : `none: ${rate.reason}`;
}
