export * from './ambiguity.ts';
export * from './citation.ts';
export * from './declares.ts';
export * from './flaw.ts';
export * from './message.ts';
export * from './model.ts';
export * from './requirement.ts';
