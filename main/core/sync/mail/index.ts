// E-mails to guests who have left an address: the link to their gallery, once each, over any SMTP server.
export type { Letter } from './letter.ts';
export { createLetters } from './letters.ts';
export type { Letters } from './letters.ts';
export { createMailCarrier } from './mailCarrier.ts';
export type { MailCarrier, MailPatience } from './mailCarrier.ts';
