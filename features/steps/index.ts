/**
 * The door `qkdspec/cucumber`: importing it defines the steps, the World and its hooks. Further
 * steps of a lab are made with the `Given`, `When` and `Then` that it gives on, so that both talk
 * to the same Cucumber.
 */
import './words.ts';
import './hooks.ts';
import './course.ts';
import './speech.ts';
import './authentication.ts';
import './estimation.ts';
import './optics.ts';
import './key-streams.ts';
import './json-rpc.ts';
import './managed-objects.ts';
import './kmip-data.ts';
import './kmip-texts.ts';
import './kmip-clients.ts';
import './conformance.ts';
import './stored-traces.ts';

export { Given, Then, When } from '@cucumber/cucumber';
export { Broken } from '../support/broken.ts';
export type { Parameters } from '../support/targets.ts';
export { QkdWorld, type Bend, type Outcome } from '../support/world.ts';
