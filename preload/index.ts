// The contracts: what crosses a process, a socket or a file, described once.
// Every other room may import from here; nothing here imports from another room.
export { brandingUrl, host, origin, photoUrl, scheme } from './addresses.ts';
export type { DerivativeSize } from './addresses.ts';
export { boothContract, derivativeSizeSchema, windowMessageSchema } from './boothContract.ts';
export type { BoothContract, WindowMessage } from './boothContract.ts';
export type { Bridge, BridgeMessage } from './bridgeContract.ts';
export {
  advices,
  consentVersion,
  kioskEvents,
  kioskRequests,
  languages,
  languageSchema,
  maxSubjects,
} from './contract.ts';
export type {
  Advice,
  Engine,
  Findings,
  FrameBox,
  FramePoint,
  Guidance,
  Kiosk,
  KioskEvents,
  KioskMethod,
  KioskReply,
  KioskRequest,
  KioskRequests,
  Language,
  Photo,
} from './contract.ts';
export { fail, faultCodes, faultSchema, noteCodes, ok, resultSchema } from './fault.ts';
export type { Fault, FaultCode, NoteCode, Result } from './fault.ts';
export { askSchema, toldSchema } from './wire.ts';
export type { Ask, Told } from './wire.ts';
