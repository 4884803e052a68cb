import { describe, expect, it } from 'vitest';
import { messages } from '#models/qosst/index.ts';
import { pythonJson, type Json } from '#src/base/json.ts';
import { validator } from '#src/wire/schema.ts';

/** The 59 codes of QOSST/0.2 with their names as the wire's own enumeration spells them. */
const codes: Readonly<Record<number, string>> = {
  10: 'UNKOWN_COMMAND',
  11: 'UNEXPECTED_COMMAND',
  12: 'INVALID_CONTENT',
  13: 'INVALID_RESPONSE',
  14: 'INVALID_RESPONSE_ACK',
  15: 'ABORT',
  16: 'ABORT_ACK',
  17: 'AUTHENTICATION_INVALID',
  50: 'CHANGE_PARAMETER_REQUEST',
  51: 'PARAMETER_CHANGED',
  52: 'PARAMETER_UNKOWN',
  53: 'PARAMETER_INVALID_VALUE',
  54: 'PARAMETER_UNCHANGED',
  70: 'REQUEST_POLARISATION_RECOVERY',
  71: 'POLARISATION_RECOVERY_ACK',
  72: 'END_POLARISATION_RECOVERY',
  73: 'POLARISATION_RECOVERY_ENDED',
  100: 'IDENTIFICATION_REQUEST',
  101: 'IDENTIFICATION_RESPONSE',
  102: 'INVALID_QOSST_VERSION',
  120: 'INITIALIZATION_REQUEST',
  121: 'INITIALIZATION_ACCEPTED',
  122: 'INITIALIZATION_DENIED',
  123: 'INITIALIZATION_PROPOSAL',
  124: 'INITIALIZATION_REQUEST_CONFIG',
  125: 'INITIALIZATION_CONFIG',
  140: 'QIE_REQUEST',
  141: 'QIE_READY',
  142: 'QIE_TRIGGER',
  143: 'QIE_EMISSION_STARTED',
  144: 'QIE_ACQUISITION_ENDED',
  145: 'QIE_ENDED',
  160: 'PE_SYMBOLS_REQUEST',
  161: 'PE_SYMBOLS_RESPONSE',
  162: 'PE_SYMBOLS_ERROR',
  163: 'PE_NPHOTON_REQUEST',
  164: 'PE_NPHOTON_RESPONSE',
  165: 'PE_FINISHED',
  166: 'PE_APPROVED',
  167: 'PE_DENIED',
  180: 'EC_INITIALIZATION',
  181: 'EC_READY',
  182: 'EC_DENIED',
  183: 'EC_BLOCK',
  184: 'EC_BLOCK_ACK',
  185: 'EC_BLOCK_ERROR',
  186: 'EC_REMAINING',
  187: 'EC_REMAINING_ACK',
  188: 'EC_REMAINING_ERROR',
  189: 'EC_VERIFICATION',
  190: 'EC_VERIFICATION_SUCCESS',
  191: 'EC_VERIFICATION_FAIL',
  200: 'PA_REQUEST',
  201: 'PA_SUCCESS',
  202: 'PA_ERROR',
  220: 'FRAME_ENDED',
  221: 'FRAME_ENDED_ACK',
  222: 'DISCONNECTION',
  223: 'DISCONNECTION_ACK',
};

const rows = Object.entries(messages);

describe('the messages of QOSST/0.2', () => {
  it('have the 59 codes, each once, with the names of the list', () => {
    const told = rows.map(([, { code, wireName }]) => [code, wireName]);
    expect(told).toHaveLength(59);
    expect(Object.keys(codes)).toHaveLength(59);
    expect(new Set(rows.map(([, { code }]) => code)).size).toBe(59);
    expect(Object.fromEntries(told)).toEqual(codes);
  });

  it('are named in our spelling of the same words', () => {
    const spelt = rows.map(([name]) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`));
    const wire = rows.map(([, { wireName }]) => wireName.replace('UNKOWN', 'UNKNOWN'));
    expect(spelt.map((name) => name.toUpperCase())).toEqual(wire);
  });

  it('are said by Bob where they ask and by Alice where they answer; ABORT by both', () => {
    const ofBoth = rows.filter(([, { saidBy }]) => saidBy.length > 1).map(([name]) => name);
    const ofBob = rows.filter(([, { saidBy }]) => saidBy.some((side) => side === 'bob'));
    expect(ofBoth).toEqual(['abort']);
    expect(ofBob.map(([, { code }]) => code)).toEqual([
      ...[13, 15, 50, 70, 72, 100, 120, 124, 140, 142, 144, 160, 163, 165],
      ...[180, 183, 186, 189, 200, 220, 222],
    ]);
  });

  it.each(rows)('have an example that fits: %s', (_, { content, example }) => {
    if (content === null) expect(example).toBeNull();
    else expect(validator(content)(example)).toEqual([]);
  });

  it('have examples as long on the wire as the document prints them', () => {
    const lengths = { 161: 70, 164: 18, 165: 116, 180: 42, 183: 26, 186: 21, 189: 28, 200: 114 };
    const ours = rows
      .filter(([, { code }]) => code in lengths)
      .map(([, { code, example }]) => [code, isJson(example) ? pythonJson(example).length : 0]);
    expect(Object.fromEntries(ours)).toEqual(lengths);
  });
});

function isJson(value: unknown): value is Json {
  return value !== undefined;
}
