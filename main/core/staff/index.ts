// The staff's station: who may come to it, and what they see and do there. See [Note: Staff contract].
export { createAccess } from './access.ts';
export type { Access } from './access.ts';
export type { Desk, OpenGround } from './desk.ts';
export { queueOf } from './handlers/photoHandlers.ts';
export { cameraChoiceOf, needsSetup } from './setup.ts';
export { createStaffServer } from './staffServer.ts';
export type { StaffServer } from './staffServer.ts';
export { tellOfTransfers } from './tellOfTransfers.ts';
