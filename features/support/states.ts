/** States of the QOSST model in words, each by its name there. */
export const states: Readonly<Record<string, string>> = {
  'Bob is not identified': 'link.unidentified',
  'Bob is identified by Alice': 'initialization.requesting',
  'a frame is open': 'quantumInformationExchange.requesting',
  'Alice is ready to emit': 'quantumInformationExchange.ready',
  'Alice emits': 'quantumInformationExchange.emitting',
  'Bob has acquired the frame': 'parameterEstimation.estimating',
  'the estimates are approved': 'errorCorrection.requesting',
  'the estimates are denied': 'parameterEstimation.denied',
  'errors are being corrected': 'errorCorrection.correcting',
  'the remaining errors are corrected': 'errorCorrection.remaining',
  'the keys are equal': 'privacyAmplification.requesting',
  'the key is amplified': 'endOfFrame.requesting',
  'polarisation is being recovered': 'polarisationRecovery.recovering',
};
