import type { FastifyReply } from 'fastify';
import { languageSchema, type Fault, type FaultCode, type Language, type Refusal } from '../../../preload/index.ts';
import en from '../../../resources/locales/en.json' with { type: 'json' };
import fr from '../../../resources/locales/fr.json' with { type: 'json' };

const texts: Readonly<Record<Language, Readonly<Record<FaultCode, string>>>> = { fr: fr.fault, en: en.fault };

/** HTTP's word for what kind of refusal it is; what is not here is a selfie or a picture that will not do. */
const statuses: Partial<Record<FaultCode, number>> = {
  'message.invalid': 400,
  'guest.unknown': 401,
  'visit.unknown': 401,
  'phones.off': 403,
  'event.unknown': 404,
  'code.unknown': 404,
  'photo.missing-original': 404,
  'phones.no-such-page': 404,
  'event.closed': 410,
  'photo.file-too-large': 413,
  'code.too-many-tries': 429,
  'engine.failed': 500,
  'selfie.queue-full': 503,
  'phones.busy': 503,
  'engine.starting': 503,
  'engine.stopping': 503,
  'library.full': 507,
};
const unprocessable = 422;

/** A fault in a guest's language. */
export const refusalOf = ({ code }: Pick<Fault, 'code'>, language: Language): Refusal => ({
  code,
  message: texts[language][code],
});

/**
 * Answers with a refusal.
 *
 * @param typed the reply, whatever the route's own answers are
 * @param retryAfterS seconds after which it is worth another try
 */
export function refuse<R extends object>(typed: R, fault: Pick<Fault, 'code'>, retryAfterS?: number): R {
  // Every route may refuse, and its type says so of a few statuses only.
  const reply = typed as unknown as FastifyReply;
  const status = statuses[fault.code] ?? unprocessable;
  const after = retryAfterS ?? (status === 503 ? 1 : undefined);
  if (after !== undefined) void reply.header('retry-after', String(after));
  // Of what was to be given instead, and cannot be: a phone would keep the refusal as long as the photo.
  for (const name of ['content-length', 'content-disposition', 'content-range', 'etag']) void reply.removeHeader(name);
  void reply.header('cache-control', 'no-store').type('application/json; charset=utf-8');
  void reply.code(status).send(refusalOf(fault, languageOf(reply.request.headers['accept-language'])));
  return typed;
}

/** The first language that the phone names and the booth speaks. */
export function languageOf(header: string | undefined): Language {
  for (const part of (header ?? '').split(',')) {
    const language = languageSchema.safeParse(part.trim().slice(0, 2).toLowerCase());
    if (language.success) return language.data;
  }
  return 'en';
}
