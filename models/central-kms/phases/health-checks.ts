import { conversation } from '../conversation.ts';
import { lettingGo, spoiledBySidecar } from '../letting-go.ts';
import { requirements } from '../requirements.ts';

const checks = {
  'central-kms.healthcheck': [
    { guard: 'checksInVain' as const },
    { guard: 'checks' as const, target: 'waiting' },
  ],
};

/**
 * The KMS asks for the sidecar's health, at any time.
 * @see Central KMS Socket, Health Check
 */
export const healthChecks = conversation.createStateConfig({
  initial: 'none',
  on: lettingGo('.none'),
  states: {
    none: { on: checks },
    waiting: {
      tags: ['owes:sidecar'],
      meta: { covers: [requirements.healthcheckAnswered, requirements.healthReportContent] },
      on: {
        ...checks,
        'sidecar.healthReport': [{ guard: 'reportsOfMany' }, { guard: 'reports', target: 'none' }],
        'sidecar.sidecarError': [
          { guard: 'checkRefusedOfMany' },
          { guard: 'checkRefused', target: 'none' },
        ],
        ...spoiledBySidecar('spoilsReport'),
      },
    },
  },
});
