/** Where an e-mail that a guest has asked for is sealed, under the event's key. In it: mailContentSchema. */
export const mailPlaceOf = (visitId: string): string => `mail/${visitId}`;

/** The same of the selfie that a FindMe service is to have, the bytes of its file. */
export const selfiePlaceOf = (visitId: string): string => `selfie/${visitId}`;
