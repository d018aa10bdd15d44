// The contracts: what crosses a process, a socket or a file, described once.
// Every other room may import from here; nothing here imports from another room.
export { brandingUrl, host, origin, pageUrl, photoUrl, scheme } from './addresses.ts';
export type { DerivativeSize } from './addresses.ts';
export {
  answerSchema,
  erasedSchema,
  gallerySchema,
  guestTokenSchema,
  openedSchema,
  openingSchema,
  phoneEventSchema,
  photoSizeSchema,
  refusalSchema,
  registeredSchema,
  registrationSchema,
  selfieAcceptedSchema,
  selfieJobSchema,
} from './api.ts';
export type {
  Erased,
  Gallery,
  GalleryAnswer,
  GalleryPhoto,
  Opened,
  PhoneEvent,
  PhotoSize,
  Refusal,
  Registered,
  Registration,
  SelfieAccepted,
  SelfieJob,
} from './api.ts';
export { galleryEventNames, phonePaths, selfieEventName } from './phonePaths.ts';
export {
  contentsPath,
  doorOfCode,
  doorOfToken,
  doorPath,
  galleryDaysPath,
  galleryFragment,
  galleryPagePath,
  openSealed,
} from './cloudDoor.ts';
export type { DoorKeys } from './cloudDoor.ts';
export {
  cloudGallerySchema,
  contentsSchema,
  doorContentSchema,
  doorSchema,
  galleryDaysSchema,
} from './cloudGallery.ts';
export type { CloudContents, CloudDoor, CloudDoorContent, CloudGallery, CloudPhoto } from './cloudGallery.ts';
export { cloudResultSchema } from './cloudResult.ts';
export type { CloudResult } from './cloudResult.ts';
export { boothContract, derivativeSizeSchema, windowMessageSchema } from './boothContract.ts';
export type { BoothContract, WindowKind, WindowMessage } from './boothContract.ts';
export type { Bridge, BridgeMessage } from './bridgeContract.ts';
export { advices, kioskEvents, kioskRequests, maxSubjects } from './contract.ts';
export type {
  Advice,
  Engine,
  Findings,
  FrameBox,
  FramePoint,
  GalleryAddress,
  Guidance,
  Kiosk,
  KioskEvents,
  KioskMethod,
  KioskReply,
  KioskRequest,
  KioskRequests,
  Photo,
} from './contract.ts';
export { providers } from './provider.ts';
export type { Provider } from './provider.ts';
export {
  brandingFileSchema,
  consentSchema,
  eventCodeSchema,
  eventSettingsSchema,
  eventStates,
  watchedFolderSchema,
} from './eventContract.ts';
export type { Consent, EventSettings, EventState, NewEventSettings, WatchedFolder } from './eventContract.ts';
export {
  mostCopies,
  pickUps,
  printAccesses,
  printSettingsSchema,
  templateIdSchema,
  templateLookSchema,
} from './printContract.ts';
export type {
  OrderProgress,
  PickUp,
  PrintAccess,
  PrintPage,
  PrintSettings,
  PrinterLook,
  StaffOrder,
  StaffSheet,
  TemplateFigure,
  TemplateLook,
  Voucher,
} from './printContract.ts';
export { fail, faultCodes, faultSchema, noteCodes, ok, resultSchema } from './fault.ts';
export type { Fault, FaultCode, NoteCode, Result } from './fault.ts';
export { inGroups } from './inGroups.ts';
export { languages, languageSchema } from './language.ts';
export type { Language } from './language.ts';
export {
  auditPageEntries,
  noticeCodes,
  setupSteps,
  shortestPassphrase,
  staffEvents,
  staffRequests,
} from './staffContract.ts';
export type {
  Access,
  AuditEntry,
  CameraChoice,
  Check,
  Health,
  LogLine,
  Notice,
  NoticeCode,
  Protection,
  Quarantined,
  Queue,
  SetupStep,
  StaffEvent,
  StaffEvents,
  StaffMethod,
  StaffReply,
  StaffRequest,
  StaffRequests,
  Source,
  StaffVisit,
  Transfer,
  WallPhoto,
} from './staffContract.ts';
export { bucketSchema, syncKinds, syncLanes } from './syncContract.ts';
export type { BucketSettings, LaneProgress, SyncKind, SyncLane, SyncProgress } from './syncContract.ts';
export { askSchema, toldSchema } from './wire.ts';
export type { Ask, Told } from './wire.ts';
