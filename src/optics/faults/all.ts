import { blinding } from './blinding.ts';
import { clipping } from './clipping.ts';
import { converterOverflow } from './converter-overflow.ts';
import { electronicNoise } from './electronic-noise.ts';
import { fading } from './fading.ts';
import type { FaultKind } from './fault-kind.ts';
import { frequencyResidue } from './frequency-residue.ts';
import { indexSlip } from './index-slip.ts';
import { interceptResend } from './intercept-resend.ts';
import { lossStep } from './loss-step.ts';
import { noiseBurst } from './noise-burst.ts';
import { oscillatorPower } from './oscillator-power.ts';
import { phaseNoise } from './phase-noise.ts';
import { photonNumber } from './photon-number.ts';
import { polarisationAngle } from './polarisation-angle.ts';
import { polarisationDrift } from './polarisation-drift.ts';
import { saturation } from './saturation.ts';
import { staticPhase } from './static-phase.ts';
import { timingOffset } from './timing-offset.ts';

/** Every fault that the simulated link knows. */
export const faultKinds: readonly FaultKind[] = [
  lossStep,
  fading,
  polarisationAngle,
  polarisationDrift,
  phaseNoise,
  staticPhase,
  frequencyResidue,
  timingOffset,
  noiseBurst,
  electronicNoise,
  oscillatorPower,
  photonNumber,
  clipping,
  converterOverflow,
  indexSlip,
  interceptResend,
  saturation,
  blinding,
];
