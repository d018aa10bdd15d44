import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import type { Config } from '../../config/index.ts';
import type { OutboxRow } from '../../store/index.ts';
import type { Carried, Carrier } from '../carrier.ts';
import { isPrivateHost } from '../ownNetwork.ts';
import type { CloudOutcome } from '../storage.ts';
import type { Letters } from './letters.ts';
import { messageOf, senderOf } from './message.ts';
import { outcomeOf } from './outcomes.ts';

/** How long nothing may happen, and how long all of it may take. */
export interface MailPatience {
  connectMs: number;
  greetingMs: number;
  idleMs: number;
  wholeMs: number;
}

// Servers that keep strangers waiting on purpose do so for half a minute. RFC 5321, 4.5.3.2, would wait longer; what was cut off too early is sent again
// under the same name.
const standardPatience: MailPatience = { connectMs: 20_000, greetingMs: 45_000, idleMs: 60_000, wholeMs: 180_000 };

/** Of a row it needs to know no more. */
type MailRow = Pick<OutboxRow, 'subject' | 'does'>;

export interface MailCarrier extends Carrier {
  /** @param row.subject the visit whose guest is written to */
  carry(row: MailRow, signal: AbortSignal): Promise<Carried>;
}

const done: CloudOutcome = { at: 'done' };

/**
 * Sends guests their links by SMTP, each once: a letter is done with when the server has said that it has it. Where its answer is lost the letter is sent
 * again, named the same, so that a mailbox can tell.
 *
 * @param deps.password asked before each connection
 * @param deps.ca PEM of who may vouch for the server, in the place of those whom the runtime trusts
 */
export function createMailCarrier(deps: {
  settings: NonNullable<Config['mail']>;
  password: () => string | undefined;
  letters: Letters;
  log: Logger;
  ca?: string;
  patience?: MailPatience;
}): MailCarrier {
  const { settings, password, letters, log, ca, patience = standardPatience } = deps;
  const { host, port, security, user, replyTo } = settings;
  const sender = senderOf(settings);
  const closing = new AbortController();

  /** Why nothing is even tried; not a word leaves this machine. */
  function unfit(): CloudOutcome | undefined {
    if (security === 'none' && !isPrivateHost(host)) return { at: 'refused', code: 'mail.insecure', detail: host };
    if (sender === undefined) return { at: 'refused', code: 'mail.not-allowed', detail: 'the sender has no address' };
    if (user === undefined || password() !== undefined) return undefined;
    return { at: 'refused', code: 'mail.not-allowed', detail: 'there is no password' };
  }

  const transport = () =>
    createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
      ...(user === undefined ? {} : { auth: { user, pass: password() ?? '' } }),
      connectionTimeout: patience.connectMs,
      dnsTimeout: patience.connectMs,
      greetingTimeout: patience.greetingMs,
      socketTimeout: patience.idleMs,
      // Whoever is cut off is not waited for.
      socketCloseTimeout: 0,
    });

  const secrets = (): string[] => [password() ?? '', user ?? ''];

  async function send(visitId: string, signal: AbortSignal): Promise<CloudOutcome> {
    const found = letters.letterOf(visitId);
    if (!found.ok) {
      const { code, detail = '' } = found.fault;
      if (code === 'cloud.keys-away') return { at: 'later', code, detail };
      return { at: 'refused', code: 'cloud.content-missing', detail };
    }
    const letter = found.value;
    if (letter === undefined) return done;
    const refused = unfit();
    if (refused !== undefined || sender === undefined) return refused ?? done;
    const cutOff = AbortSignal.any([signal, closing.signal, AbortSignal.timeout(patience.wholeMs)]);
    try {
      await transport().sendMail({ ...messageOf(visitId, letter, { sender, replyTo }), signal: cutOff });
    } catch (error) {
      return outcomeOf(error, [...secrets(), letter.to, letter.url]);
    }
    const marked = letters.markSent(visitId);
    if (!marked.ok) log.error({ fault: marked.fault }, 'it cannot be written down that a letter was sent');
    return done;
  }

  return {
    carry: async ({ subject, does }, signal) => ({ outcome: does === 'remove' ? done : await send(subject, signal) }),
    check: async () => {
      const refused = unfit();
      if (refused !== undefined) return refused;
      try {
        await transport().verify();
        return done;
      } catch (error) {
        return outcomeOf(error, secrets());
      }
    },
    close: () => closing.abort(),
  };
}
