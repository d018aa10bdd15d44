import {
  fail,
  phoneEventSchema,
  phonePaths,
  refusalSchema,
  registeredSchema,
  registrationSchema,
  type FaultCode,
  type PhoneEvent,
  type Registration,
} from '../../../../preload/index.ts';
import type { BoothEvent } from '../../events/index.ts';
import { holdBack } from '../holdBack.ts';
import { refuse } from '../refusals.ts';
import type { PhoneApp, PhoneServices, Served } from '../served.ts';

/** From the event's code on the wall to a guest who is known by a token. */
export function registerRoutes(app: PhoneApp, served: Served): void {
  const { attempts } = served;

  app.get(
    phonePaths.event,
    { schema: { response: { 200: phoneEventSchema, '4xx': refusalSchema, 503: refusalSchema } } },
    (_, reply) => {
      const event = served.event();
      if (event === undefined) refuse(reply, { code: 'engine.starting' });
      else void reply.send(tell(event));
    },
  );

  app.post(
    phonePaths.register,
    {
      onRequest: holdBack(attempts),
      schema: {
        body: registrationSchema,
        response: { 201: registeredSchema, '4xx': refusalSchema, '5xx': refusalSchema },
      },
    },
    async (request, reply) => {
      const services = served.services();
      const refusal = refusalOf(request.body.eventCode);
      if (refusal !== undefined) {
        if (refusal === 'event.unknown') attempts.failed(request.ip);
        return refuse(reply, { code: refusal });
      }
      if (services === undefined) return refuse(reply, { code: 'engine.starting' });
      const registered = await register(services, request.body);
      if (!registered.ok) return refuse(reply, registered.fault);
      const { token, expiresAt, guestId } = registered.value;
      request.log.info({ guestId, eventId: services.event.id }, 'a guest has registered');
      return reply.code(201).send({ guestToken: token, expiresAt });
    },
  );

  async function register({ guests }: PhoneServices, { language, consent, name, email }: Registration) {
    if (consent === undefined) return fail('consent.missing');
    return guests.register({ language, consentVersion: consent.version, name, email });
  }

  /** Why nobody can register with this code. */
  function refusalOf(code: string): FaultCode | undefined {
    const event = served.eventOfCode(code);
    if (event === undefined) return 'event.unknown';
    if (event.state !== 'open' || served.event()?.id !== event.id) return 'event.closed';
    return event.settings.may.ownPhone ? undefined : 'phones.off';
  }

  function tell(event: BoothEvent): PhoneEvent {
    const { settings } = event;
    const isOpen = event.state === 'open';
    const mayRegister = isOpen && settings.may.ownPhone;
    const asksEmail = mayRegister && served.asksEmail;
    return {
      ...(mayRegister ? { code: event.code } : {}),
      name: settings.name,
      accent: settings.accent,
      ...(settings.logo === undefined ? {} : { logoUrl: `/branding/${settings.logo}` }),
      languages: settings.languages,
      consents: served.consentsOf(event),
      ...{ isOpen, mayRegister, asksEmail, sendsLink: asksEmail && served.sendsLink },
    };
  }
}
