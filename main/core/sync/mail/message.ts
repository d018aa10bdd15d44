import { createHash } from 'node:crypto';
import parseAddresses from 'nodemailer/lib/addressparser';
import type { SendMailOptions } from 'nodemailer';
import type { Config } from '../../config/index.ts';
import { htmlOf, textOf } from './html.ts';
import type { Letter } from './letter.ts';
import { wordsOf } from './words.ts';

/** Whom e-mails are from. */
export interface Sender {
  name: string;
  address: string;
}

/** @returns undefined for what is no address, or several */
export function senderOf({ from }: Pick<NonNullable<Config['mail']>, 'from'>): Sender | undefined {
  const parsed = parseAddresses(from, { flatten: true });
  const sender = parsed.length === 1 ? parsed.at(0) : undefined;
  return sender !== undefined && /^[^@\s]+@[^@\s]+$/.test(sender.address) ? sender : undefined;
}

/**
 * An e-mail as it goes over the line.
 *
 * @param visitId it is named after: the same visit's is the same one, however often it has to be sent (RFC 5322, 3.6.4)
 */
export function messageOf(
  visitId: string,
  letter: Letter,
  { sender, replyTo }: { sender: Sender; replyTo: string | undefined },
): SendMailOptions {
  const words = wordsOf(letter, sender.name === '' ? sender.address : sender.name);
  return {
    from: sender,
    // An address and nothing else: a name could be made to look like more.
    to: { name: '', address: letter.to },
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    messageId: messageIdOf(visitId, sender),
    subject: words.subject,
    text: textOf(letter, words),
    html: htmlOf(letter, words),
    // No automatic answers (RFC 3834, 5; MS-OXCMAIL, 2.2.3.2.14), and no receipts: nobody learns when it was read.
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': letter.language,
    },
    xMailer: false,
    // What stands in it is text, never the name of a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** No one who reads it learns the visit's own id. */
const messageIdOf = (visitId: string, { address }: Sender): string =>
  `<${createHash('sha256').update(`mail ${visitId}`).digest('hex').slice(0, 32)}@${address.replace(/^.*@/, '')}>`;
