// What every window's line has in common: messages are validated, each question gets its one answer, and a bug in one is no bug for all.
export { answerPort } from './answerPort.ts';
export type { AnsweredPort, PortHandlers, PortRequests } from './answerPort.ts';
