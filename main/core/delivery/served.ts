import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Consent, Language } from '../../../preload/index.ts';
import type { BoothEvent } from '../events/index.ts';
import type { PhoneGuests } from '../guests/index.ts';
import type { Downloads } from '../library/index.ts';
import type { Attempts } from './attempts.ts';
import type { SelfieJobs } from './selfieJobs.ts';
import type { Shares } from './shares.ts';

/** The server, and what its routes are checked with. */
export type PhoneApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What there is while an event is served. */
export interface PhoneServices {
  event: BoothEvent;
  guests: PhoneGuests;
  downloads: Downloads;
}

/** What the routes stand on. */
export interface Served {
  /** undefined while no guest can be served. */
  services: () => PhoneServices | undefined;
  /** The event that the booth stands at, served or not. */
  event: () => BoothEvent | undefined;
  eventOfCode: (code: string) => BoothEvent | undefined;
  consentsOf: (event: BoothEvent) => Partial<Record<Language, Consent>>;
  /** Whether guests are asked for an e-mail address. */
  asksEmail: boolean;
  /** Whether whoever gives one is sent the link to the gallery. */
  sendsLink: boolean;
  jobs: SelfieJobs;
  attempts: Attempts;
  streams: Shares;
  /** Folder of the events' own pictures. */
  brandingDir: string;
}
