import { conversation } from '../conversation.ts';
import { places, type SlotName } from '../guards.ts';
import { requirements } from '../requirements.ts';

/**
 * One managed object: where its slot's object is behind a response that tells of it.
 * @see KMIP 2.1, State
 */
export const objectLifecycle = (slot: SlotName) => {
  const moves = places.map((place) => ({
    guard: `${slot}Is${place}` as const,
    target: `.${lower(place)}`,
  }));
  return conversation.createStateConfig({
    initial: 'none',
    on: { 'server.succeeded': moves, 'server.batchAnswered': moves },
    states: {
      none: {},
      preActive: { meta: { covers: [requirements.activateChanges] } },
      active: { meta: { covers: [requirements.activeNotDestroyed, requirements.revokeChanges] } },
      deactivated: { meta: { covers: [requirements.stateAllowsUse] } },
      compromised: { meta: { covers: [requirements.revokeChanges] } },
      destroyed: { meta: { covers: [requirements.destroyedIsGone] } },
      destroyedCompromised: { meta: { covers: [requirements.destroyedIsGone] } },
      /** Nobody can tell which of several states it is in. */
      unclear: {},
    },
  });
};

function lower(place: string): string {
  return place.slice(0, 1).toLowerCase() + place.slice(1);
}
