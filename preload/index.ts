// The contracts: what crosses a process, a socket or a file, described once.
// Every other room may import from here; nothing here imports from another room.
export { fail, faultCodes, faultSchema, noteCodes, ok, resultSchema } from './fault.ts';
export type { Fault, FaultCode, NoteCode, Result } from './fault.ts';
