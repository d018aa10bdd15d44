import { z } from 'zod';
import type { Metrics } from '../metrics.ts';
import type { PhoneApp, Served } from '../served.ts';

const healthSchema = z.strictObject({ status: z.enum(['ok', 'starting']), selfiesWaiting: z.number().int() });

/** For whoever watches the booth, and for whoever writes to it. */
export function systemRoutes(app: PhoneApp, { services, jobs }: Served, metrics: Metrics): void {
  app.get('/health', { schema: { response: { 200: healthSchema, 503: healthSchema } } }, (_, reply) => {
    const isServed = services() !== undefined;
    void reply
      .code(isServed ? 200 : 503)
      .send({ status: isServed ? 'ok' : 'starting', selfiesWaiting: jobs.waiting() });
  });

  app.get('/metrics', { schema: { hide: true } }, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );

  app.get('/api/openapi.json', { schema: { hide: true } }, (_, reply) => {
    void reply.send(app.swagger());
  });
}
