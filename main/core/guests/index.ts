// A guest's visit: consent, the guide before the camera, the selfie, what was found, and the code to come back with. All of it is forgotten at
// its end; what a code keeps, nobody can read without the code.
export { createCloudContents } from './cloudContents.ts';
export type { CloudContentsReader, PictureKeysOf, PlainContents } from './cloudContents.ts';
export { codeLengthFor, codeOf, newCode } from './code.ts';
export { shortHomeAddressOf } from './door.ts';
export { createGuests } from './findPhotos.ts';
export type { FoundPhotos, Guests, Probe } from './findPhotos.ts';
export { photoFor } from './photoFor.ts';
export type { SweepPace } from './cloudGalleries.ts';
export { createGuestBook } from './guestBook.ts';
export type { GuestBook, Home } from './guestBook.ts';
export { mailContentSchema } from './mailContent.ts';
export type { MailContent } from './mailContent.ts';
export { createPhoneGuests } from './phoneGuests.ts';
export type { GuestGallery, PhoneGuests } from './phoneGuests.ts';
export { mailPlaceOf, selfiePlaceOf } from './sealedPlaces.ts';
export { createVisitResults } from './visitResults.ts';
export type { VisitFacts, VisitResults } from './visitResults.ts';
export { createVisits } from './visits.ts';
export type { Visits } from './visits.ts';
export { createRetention } from './retention.ts';
export type { Retention } from './retention.ts';
