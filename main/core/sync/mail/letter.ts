import type { MailContent } from '../../guests/index.ts';

/** An e-mail as it is to be written. */
export interface Letter extends MailContent {
  /** The event's, `#rrggbb`. */
  accent: string;
  /** 'YYYY-MM-DD': the gallery is gone at the end of that day. */
  expiresOn: string;
}
