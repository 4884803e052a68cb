import type { Case } from '#src/contract/case.ts';
import type { Etsi004Bend } from '../codec.ts';

/** The dialect in which keys are pushed, over HTTP. */
export const pushDialect = 'etsi-004/push-1.0.1';

/** What only a dialect over HTTP is told by. */
const ofHttp: readonly string[] = [
  'rfc-9110',
  'rfc-9112',
  'rfc-8259',
  'rfc-4648',
  'etsi-004-push-kms',
];
/** Requirements of the pushes, wherever they stand. */
const ofPushes: readonly string[] = [
  'getKeyStartsPushing',
  'pushAfterGetKey',
  'closeEndsPushing',
  'getContentRead',
  'indexIncreases',
  'indexWraps',
  'maxRateKept',
  'minRateKept',
  'noPushAfterTtl',
];

/**
 * Restricts cases that say nothing of dialects to the push mode where a requirement that they cover
 * is one of HTTP, of JSON or of pushes, or where they await what a KMS makes of pushes.
 */
export function withDialects(cases: readonly Case<Etsi004Bend>[]): readonly Case<Etsi004Bend>[] {
  return cases.map((one) => {
    const names = one.covers.map(({ id }) => id.slice(id.indexOf('/') + 1));
    const isOfHttp = one.covers.some(({ cite }) => ofHttp.includes(cite.document));
    const isOfPush = isOfHttp || one.against === 'kms' || names.some((id) => ofPushes.includes(id));
    return one.dialects === undefined && isOfPush ? { ...one, dialects: [pushDialect] } : one;
  });
}
