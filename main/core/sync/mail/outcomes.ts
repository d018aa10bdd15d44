import { z } from 'zod';
import type { CloudFault, CloudOutcome } from '../storage.ts';

// As nodemailer throws them: a kind of its own, the command that was under way, and what the server answered to it (RFC 5321, 4.2).
const errorSchema = z.object({
  code: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
  message: z.string().catch(''),
});
type ErrorFacts = z.infer<typeof errorSchema>;

const longestDetail = 240;

/** Of the booth's own name and password, whichever command they are answered to (RFC 4954, 6). */
const authCodes: ReadonlySet<number> = new Set([530, 534, 535, 538]);

/**
 * What an error means for whoever has to do with it: whether to try again, and what to tell a person.
 *
 * @param error anything that nodemailer has thrown
 * @param secrets no detail has any of them, nor any address at all: servers repeat whom they refuse
 */
export function outcomeOf(error: unknown, secrets: readonly string[] = []): Exclude<CloudOutcome, { at: 'done' }> {
  const { success, data } = errorSchema.safeParse(error);
  const facts = success ? data : { message: String(error) };
  const code = codeOf(facts);
  const detail = withoutSecrets(facts.message, secrets).slice(0, longestDetail);
  return { at: isForAPerson.has(code) ? 'refused' : 'later', code, detail };
}

const isForAPerson: ReadonlySet<CloudFault> = new Set(['mail.not-allowed', 'mail.refused'] as const);

function codeOf({ code, command = '', responseCode }: ErrorFacts): CloudFault {
  if (responseCode === undefined) return codesOfKinds.get(code ?? '') ?? 'mail.failed';
  // It is about to go away: RFC 5321, 3.8.
  if (responseCode === 421) return 'mail.unreachable';
  if (responseCode < 500) return 'mail.failed';
  if (authCodes.has(responseCode) || code === 'EAUTH') return 'mail.not-allowed';
  // A server that cannot do what it says it can.
  if (code === 'ETLS') return 'mail.unreachable';
  // Of the order of commands, and of commands that it does not know: nobody's address is at fault.
  if (responseCode === 503 || responseCode === 502 || responseCode === 500) return 'mail.failed';
  return command === 'RCPT TO' || command === 'DATA' ? 'mail.refused' : 'mail.not-allowed';
}

/** Where no server has said anything. */
const codesOfKinds: ReadonlyMap<string, CloudFault> = new Map([
  ...['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'EPROTOCOL', 'EABORT'].map(
    (kind) => [kind, 'mail.unreachable'] as const,
  ),
  // It takes no way of proving who we are that we know.
  ...['EAUTH', 'ENOAUTH'].map((kind) => [kind, 'mail.not-allowed'] as const),
  // An address that is none to the library or the server, and a letter that is larger than the server wants.
  ...['EENVELOPE', 'EMESSAGE'].map((kind) => [kind, 'mail.refused'] as const),
]);

const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret !== '')
    .reduce((left, secret) => left.replaceAll(secret, '…'), text)
    .replaceAll(/[^\s<>"]+@[^\s<>"]+/g, '…');
