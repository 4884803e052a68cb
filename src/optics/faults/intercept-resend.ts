import { noisier } from './amplitude.ts';
import { faultKind } from './fault-kind.ts';

/** Vacuum noise of measuring both quadratures, and that of what is sent instead. */
export const resendingNoiseSnu = 2;

/** Eve measures some symbols and sends what she found. */
export const interceptResend = faultKind({
  name: 'intercept-resend',
  summary: 'Eve measures a share of the symbols and sends what she found',
  parameters: {
    share: { meaning: 'share of the symbols', usual: 0.05, least: 0, most: 1 },
  },
  make: (value) => {
    const share = value('share');
    return {
      onLight: ({ x, p }, { link, source }) => {
        const noise = new Float64Array(2 * x.length);
        source.fillNormal(noise, Math.sqrt(resendingNoiseSnu * link.transmittance));
        for (let at = 0; at < x.length; at += 1) {
          if (source.unit() >= share) continue;
          x[at] = (x[at] ?? 0) + (noise[2 * at] ?? 0);
          p[at] = (p[at] ?? 0) + (noise[2 * at + 1] ?? 0);
        }
      },
      signature: (link) => noisier(link, resendingNoiseSnu * share),
    };
  },
});
