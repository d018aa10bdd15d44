import { z } from 'zod';
import type { CloudFault, CloudOutcome } from '../storage.ts';
import { ContentFault } from './content.ts';

/** What matters of whatever the SDK, Node or the file system threw. */
export interface ErrorFacts {
  /** The store's own code, `SlowDown`, or what kind of error it is, `TimeoutError`. */
  name: string;
  /** The system's: `ECONNRESET`, `CERT_HAS_EXPIRED`. */
  code: string | undefined;
  message: string;
  /** HTTP; undefined where nobody answered. */
  status: number | undefined;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
}

// An SDK's errors have far more in them; a part that is not as expected is as good as none.
const errorSchema = z.object({
  name: z.string().catch('Error'),
  // Amazon's documents spell it so, and the SDK keeps it where it knows no class for it.
  Code: z.string().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  message: z.string().catch(''),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
  $response: z
    .object({ statusCode: z.number().optional(), headers: z.record(z.string(), z.string()).optional() })
    .optional()
    .catch(undefined),
  cause: z.unknown().optional(),
});

export function factsOf(error: unknown): ErrorFacts {
  const { success, data } = errorSchema.safeParse(error);
  if (!success) return { name: 'Error', code: undefined, message: String(error), status: undefined, headers: {} };
  return {
    name: data.Code ?? data.name,
    // Some wrap what the socket said.
    code: data.code ?? (data.cause instanceof Error ? factsOf(data.cause).code : undefined),
    message: data.message,
    status: data.$response?.statusCode ?? data.$metadata?.httpStatusCode,
    headers: data.$response?.headers ?? {},
  };
}

/** Whether the store gave one of these codes. */
export const isCalled = (error: unknown, ...names: string[]): boolean => names.includes(factsOf(error).name);

/** A HEAD has no body that could say what there is not. */
export const isNotThere = (error: unknown): boolean => {
  const { name, status } = factsOf(error);
  return name === 'NotFound' || name === 'NoSuchKey' || (status === 404 && name !== 'NoSuchBucket');
};

export const isPreconditionFailed = (error: unknown): boolean => factsOf(error).status === 412;

/** The store does not know something that it was asked for. */
export const isNotImplemented = (error: unknown): boolean => {
  const { name, status } = factsOf(error);
  return name === 'NotImplemented' || status === 501;
};

/** Whoever says 200 and nothing that a store says is not one: many a venue's network answers in the place of all others. */
export const noStore = (): Error => Object.assign(new Error('an answer that is no store’s'), { name: 'TimeoutError' });

/** Amazon's limit; beyond it no signature is taken. */
export const mostSkewMs = 15 * 60_000;
// A store that wants to be left alone for longer is asked again all the same.
const mostAfterMs = 3_600_000;
const longestDetail = 240;

/**
 * What an error means for whoever asked: whether to try again, and what to tell a person.
 *
 * @param error anything that a request has thrown
 * @param known.secrets no detail has any of them
 * @param known.now milliseconds since 1970
 * @param known.signedAheadMs by how much this clock was known to be ahead of the store's when it was asked: it was signed with the store's time then
 */
export function outcomeOf(
  error: unknown,
  known: { secrets?: readonly string[]; now?: number; signedAheadMs?: number | undefined } = {},
): Exclude<CloudOutcome, { at: 'done' }> {
  const { secrets = [], now = Date.now(), signedAheadMs = 0 } = known;
  const facts = factsOf(error);
  if (error instanceof ContentFault) return { at: 'refused', code: error.code, detail: error.message };
  const detail = withoutSecrets(detailOf(facts), secrets).slice(0, longestDetail);
  const code = codeOf(facts, now - signedAheadMs);
  if (isForAPerson.has(code)) return { at: 'refused', code, detail };
  const afterMs = code === 'cloud.overloaded' ? afterMsOf(facts.headers, now) : undefined;
  return { at: 'later', code, detail, ...(afterMs === undefined ? {} : { afterMs }) };
}

const isForAPerson: ReadonlySet<CloudFault> = new Set(['cloud.not-allowed', 'cloud.no-bucket'] as const);

/** @param signedAt what time it was by the signature */
function codeOf(facts: ErrorFacts, signedAt: number): CloudFault {
  const { name, status, headers } = facts;
  const named = codesOfNames.get(name);
  if (named !== undefined) return named;
  if (status === undefined) return isOfTheNetwork(facts) ? 'cloud.unreachable' : 'cloud.failed';
  if (isSomebodyElse(status, headers)) return 'cloud.unreachable';
  // A HEAD is refused without a word why.
  if (status === 403 && Math.abs(skewMsOf(headers, signedAt) ?? 0) > mostSkewMs) return 'cloud.wrong-clock';
  if (status === 401 || status === 403) return 'cloud.not-allowed';
  if (status === 301) return 'cloud.no-bucket';
  if (busyStatuses.has(status)) return 'cloud.overloaded';
  return isOfTheNetwork(facts) ? 'cloud.unreachable' : 'cloud.failed';
}

const names = (code: CloudFault, ...all: string[]) => all.map((name) => [name, code] as const);

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and what other stores call the same things.
const codesOfNames: ReadonlyMap<string, CloudFault> = new Map([
  ...names('cloud.wrong-clock', 'RequestTimeTooSkewed', 'RequestExpired'),
  ...names('cloud.no-bucket', 'NoSuchBucket', 'PermanentRedirect', 'AuthorizationHeaderMalformed'),
  ...names('cloud.not-allowed', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'AccessDenied', 'ExpiredToken'),
  ...names('cloud.not-allowed', 'InvalidToken', 'AccountProblem', 'AllAccessDisabled', 'NotSignedUp', 'Unauthorized'),
  ...names('cloud.not-allowed', 'CredentialsProviderError', 'InvalidSecurity', 'QuotaExceeded'),
  ...names('cloud.overloaded', 'SlowDown', 'SlowDownRead', 'SlowDownWrite', 'ServiceUnavailable', 'RequestTimeout'),
  ...names('cloud.overloaded', 'InternalError', 'Throttling', 'ThrottlingException', 'TooManyRequests', 'Busy'),
  ...names('cloud.overloaded', 'RequestLimitExceeded', 'OperationAborted', 'ConditionalRequestConflict'),
  ...names('cloud.unreachable', 'TimeoutError', 'AbortError'),
]);

const busyStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

// Node.js, libuv's and OpenSSL's own: no connection, one that ended, one to somebody who could not prove who it is, or who does not speak HTTP.
const networkCodes =
  /^(E(AI_\w+|NOTFOUND|CONN(REFUSED|RESET|ABORTED)|TIMEDOUT|PIPE|(HOST|NET)(UNREACH|DOWN)|NETRESET|ADDRNOTAVAIL|PROTO)|ERR_(TLS|SSL|SOCKET|STREAM)_\w+|HPE_\w+|\w*CERT\w*|UNABLE_TO_\w+|HOSTNAME_MISMATCH|CRL_\w+)$/;

const isOfTheNetwork = ({ code, message }: ErrorFacts): boolean =>
  (code !== undefined && networkCodes.test(code)) || /socket hang up|aborted/i.test(message);

/** Hotels' and halls' networks answer in everybody's place, with a page for a person; and 511 says so (RFC 6585). */
const isSomebodyElse = (status: number, headers: ErrorFacts['headers']): boolean =>
  status === 407 || status === 511 || (status < 500 && (headers['content-type'] ?? '').startsWith('text/html'));

/** By how much this clock is ahead of the one that answered, milliseconds; undefined where that one did not say. */
export function skewMsOf(headers: ErrorFacts['headers'], now: number): number | undefined {
  const theirs = Date.parse(headers['date'] ?? '');
  return Number.isNaN(theirs) ? undefined : now - theirs;
}

/** Retry-After: seconds, or a time by the clock of whoever says it (RFC 9110, section 10.2.3). */
function afterMsOf(headers: ErrorFacts['headers'], now: number): number | undefined {
  const text = (headers['retry-after'] ?? '').trim();
  if (text === '') return undefined;
  const skewMs = skewMsOf(headers, now) ?? 0;
  const afterMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - (now - skewMs);
  return Number.isNaN(afterMs) ? undefined : Math.min(Math.max(0, afterMs), mostAfterMs);
}

/** Of the store's answer only its code and its sentence: what else it sends back has signatures in it. */
function detailOf({ name, code, message, status }: ErrorFacts): string {
  const who = [name === 'Error' ? undefined : name, code, status === undefined ? undefined : `HTTP ${String(status)}`];
  const told = who.filter((part) => part !== undefined && !message.includes(part)).join(', ');
  return [told, message].filter((part) => part !== '').join(': ') || 'no reason given';
}

const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.filter((secret) => secret !== '').reduce((left, secret) => left.replaceAll(secret, '…'), text);
