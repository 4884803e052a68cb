export { answer } from './message/answer.ts';
export { newServer, type ServerState, type Settings, type Surroundings } from './model/server.ts';
