import type { RequirementRow } from '#models/language/index.ts';

const guidelines = {
  document: 'qosst-control-protocol',
  section: 'Guidelines to create the client and server',
} as const;

/** Who speaks when, and how the sides behave as client and server. */
export const course = {
  rolesFixed: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: guidelines,
    text: 'Alice is the server and Bob is the client.',
    unobservable: 'Who listens and who connects is settled before the first byte of a trace.',
  },
  speaksOnlyWhenAsked: {
    level: 'MUST',
    basis: 'stated',
    binds: 'any',
    cite: guidelines,
    text: 'Alice speaks only to answer, once for each request of Bob, who waits for it before he asks again.',
  },
  answersEveryRequest: {
    level: 'MUST',
    basis: 'implied',
    binds: 'alice',
    cite: guidelines,
    text: 'Alice answers every request of Bob.',
  },
  disconnectBeforeLeaving: {
    level: 'MUST',
    basis: 'stated',
    binds: 'bob',
    cite: guidelines,
    text: 'Bob sends DISCONNECTION before he goes down.',
  },
  serverDoesNotStop: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'alice',
    cite: guidelines,
    text: 'Alice keeps running and serves the next request, or the next client, whatever she was sent.',
  },
  fatalErrorStops: {
    level: 'MAY',
    basis: 'stated',
    binds: 'alice',
    cite: guidelines,
    text: 'Alice stops on a fatal error only, such as a configuration she cannot recover from.',
    unobservable:
      'Whether an error is fatal is known to Alice alone; stopping without one breaks the row before.',
  },
} as const satisfies Record<string, RequirementRow>;
