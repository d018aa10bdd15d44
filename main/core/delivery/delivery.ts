import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { createSecureContext } from 'node:tls';
import type { Logger } from 'pino';
import {
  fail,
  ok,
  phonePaths,
  type Consent,
  type Fault,
  type Kiosk,
  type Language,
  type Result,
} from '../../../preload/index.ts';
import type { Config } from '../config/index.ts';
import type { BoothEvent } from '../events/index.ts';
import { reachableAddress } from './addresses.ts';
import { createAttempts } from './attempts.ts';
import { answerLocalName, type LocalName } from './localName.ts';
import { createMetrics } from './metrics.ts';
import { loadPages } from './pages.ts';
import { createPhoneApp, type Certificate, type PhoneLimits } from './phoneApp.ts';
import { createSelfieJobs } from './selfieJobs.ts';
import type { PhoneApp, PhoneServices } from './served.ts';
import { createShares } from './shares.ts';
import { wifiCode } from './wifiCode.ts';

/** Photos to people's phones, over the venue's own network. */
export interface Delivery {
  start(): Promise<Result<void>>;
  /** How phones get here; undefined where they do not. */
  phones(): NonNullable<Kiosk['phones']> | undefined;
  /** The address of a guest's gallery. @returns undefined where phones do not get here */
  galleryUrlOf(token: string): string | undefined;
  stop(): Promise<void>;
}

// Networks come and go: a cable is put in, a hotspot is turned on.
const lookEveryMs = 5_000;
const streamLimits = { perAddress: 8, inAll: 768 };

/** @param deps.onChanged phones get here by another way now, or not any more */
export function createDelivery(deps: {
  config: Config;
  /** Of the built pages. */
  pagesDir: string;
  brandingDir: string;
  services: () => PhoneServices | undefined;
  event: () => BoothEvent | undefined;
  eventOfCode: (code: string) => BoothEvent | undefined;
  consentsOf: (event: BoothEvent) => Partial<Record<Language, Consent>>;
  onChanged: () => void;
  /** Where they are not the usual ones. */
  limits?: Partial<PhoneLimits>;
  log: Logger;
}): Delivery {
  const { services, event, onChanged, log } = deps;
  const { phones: settings, vision, mail, cloud } = deps.config;
  const workers = vision.poolSize + vision.guestWorkers;
  const streams = createShares(streamLimits);
  let app: PhoneApp | undefined;
  let port = settings.port;
  let name: LocalName | undefined;
  let looking: NodeJS.Timeout | undefined;
  let shown: string | undefined;

  const jobs = createSelfieJobs({
    search: async (token, selfie) => (await services()?.guests.search(token, selfie)) ?? fail('engine.starting'),
    atOnce: workers,
    mostWaiting: settings.mostWaitingSelfies,
    onDone: ({ state, fault, ids }, times) => {
      metrics.selfie(fault?.code ?? state, times);
      const { queueMs, matchMs } = times;
      log.info(
        {
          ...ids,
          eventId: event()?.id,
          queueMs: Math.round(queueMs),
          matchMs: Math.round(matchMs),
          code: fault?.code,
        },
        'a selfie was searched for',
      );
    },
  });
  const metrics = createMetrics({ waiting: jobs.waiting, streams: streams.taken, poolSize: workers });

  const address = () => settings.address ?? reachableAddress(os.networkInterfaces());

  /** `http://192.168.1.20:8080`; undefined where phones do not get here. */
  function origin(): string | undefined {
    const host = app === undefined ? undefined : address();
    if (host === undefined) return undefined;
    const [scheme, usual] = settings.https === undefined ? ['http', 80] : ['https', 443];
    return `${scheme}://${host}${port === usual ? '' : `:${String(port)}`}`;
  }

  /** Where another program has the port, whichever is free does for a code that is scanned. */
  async function listen(server: PhoneApp): Promise<Result<number>> {
    for (const wanted of [settings.port, 0]) {
      try {
        await server.listen({ host: settings.host, port: wanted });
        const bound = server.server.address();
        return ok(typeof bound === 'object' && bound !== null ? bound.port : wanted);
      } catch (error) {
        log.warn({ err: error, port: wanted }, 'the port for phones cannot be had');
      }
    }
    return fail('phones.port-taken', String(settings.port));
  }

  function phones(): Kiosk['phones'] {
    const from = origin();
    const at = event()?.settings;
    if (from === undefined || at === undefined) return undefined;
    const { wifi, may } = at;
    return {
      mayShare: true,
      ...(may.ownPhone ? { startUrl: `${from}${phonePaths.startPage}` } : {}),
      shortAddress: from.replace('http://', ''),
      ...(wifi === undefined ? {} : { wifi: { name: wifi.name, password: wifi.password, code: wifiCode(wifi) } }),
    };
  }

  function look(): void {
    const now = origin();
    if (now === shown) return;
    shown = now;
    onChanged();
  }

  return {
    start: async () => {
      if (!settings.isOn) return ok(undefined);
      const certificate = await certificateOf(settings.https);
      if (!certificate.ok) return refused(certificate.fault);
      const pages = await loadPages(deps.pagesDir);
      if (pages.index === undefined) log.error({ dir: deps.pagesDir }, 'the phone pages have not been built');
      const { limits } = deps;
      const { asksEmail } = settings;
      const sendsLink = mail !== undefined && cloud?.galleryUrl !== undefined;
      const served = { ...deps, asksEmail, sendsLink, jobs, streams, attempts: createAttempts() };
      const created = await createPhoneApp({ served, pages, metrics, certificate: certificate.value, limits, log });
      const bound = await listen(created);
      if (!bound.ok) return refused(bound.fault);
      app = created;
      port = bound.value;
      const { poolSize, guestWorkers } = vision;
      const { mostWaitingSelfies } = settings;
      log.info({ port, poolSize, guestWorkers, mostWaitingSelfies }, 'phones are served');
      name = answerLocalName(settings.name, address, (error) =>
        log.warn({ err: error }, 'the name in the network cannot be had'),
      );
      looking = setInterval(look, lookEveryMs).unref();
      look();
      return ok(undefined);
    },
    phones,
    galleryUrlOf: (token) => {
      const from = origin();
      return from === undefined ? undefined : `${from}${phonePaths.galleryPage(token)}`;
    },
    stop: async () => {
      clearInterval(looking);
      name?.stop();
      const ending = app;
      app = undefined;
      await ending?.close();
    },
  };

  function refused(fault: Fault): Result<void> {
    log.error({ fault }, 'phones are not served');
    return fail(fault.code, fault.detail);
  }
}

async function certificateOf(https: Config['phones']['https']): Promise<Result<Certificate | undefined>> {
  if (https === undefined) return ok(undefined);
  try {
    const [cert, key] = await Promise.all([readFile(https.certFile), readFile(https.keyFile)]);
    // Throws for what is none, and for a key that is another certificate's.
    createSecureContext({ cert, key });
    return ok({ cert, key });
  } catch (error) {
    return fail('phones.bad-certificate', error instanceof Error ? error.message : String(error));
  }
}
