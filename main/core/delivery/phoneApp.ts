import type { Socket } from 'node:net';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import Fastify, {
  LogController,
  type ConnectionError,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyReply,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';
import type { Pages } from './pages.ts';
import { refuse } from './refusals.ts';
import { galleryRoutes } from './routes/galleryRoutes.ts';
import { pageRoutes } from './routes/pageRoutes.ts';
import { portalRoutes } from './routes/portalRoutes.ts';
import { registerRoutes } from './routes/registerRoutes.ts';
import { selfieRoutes } from './routes/selfieRoutes.ts';
import { systemRoutes } from './routes/systemRoutes.ts';
import type { PhoneApp, Served } from './served.ts';
import { createShares } from './shares.ts';

/** Files of an own certificate, PEM. */
export interface Certificate {
  cert: Buffer;
  key: Buffer;
}

const kibibyte = 1024;
/** How long and how much a phone may go on; others in tests, which do not wait for minutes. */
export interface PhoneLimits {
  requestMs: number;
  handshakeMs: number;
  headersMs: number;
  keepAliveMs: number;
  silentMs: number;
}

const usualLimits = {
  /** Of a body that is no selfie. */
  bodyBytes: 16 * kibibyte,
  /** A whole request, a selfie's upload included. */
  requestMs: 60_000,
  /** Of TLS, until when nothing else holds back who has a socket and says nothing. */
  handshakeMs: 10_000,
  headersMs: 10_000,
  keepAliveMs: 20_000,
  /** A phone that reads nothing for so long has gone. */
  silentMs: 120_000,
  sockets: 1_024,
  /** A phone opens six or so, and the pages keep one for what changes. */
  socketsPerAddress: 32,
};

// What reads uploads says with which headers; the guest's token is among them.
const secretsInLog = ['busboyOptions.headers'];

// The pages load nothing from elsewhere, and nobody shows them within a page of theirs. No CORS: no other page is answered.
const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // The address of a gallery is the key to it.
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** The server of guests' phones, with all its routes; it does not listen yet. */
export async function createPhoneApp(deps: {
  served: Served;
  pages: Pages;
  metrics: Metrics;
  certificate: Certificate | undefined;
  limits?: Partial<PhoneLimits> | undefined;
  log: Logger;
}): Promise<PhoneApp> {
  const { served, pages, metrics, certificate, log } = deps;
  const limits = { ...usualLimits, ...deps.limits };
  const loggerInstance: FastifyBaseLogger = log.child({}, { redact: secretsInLog });
  const options = {
    loggerInstance,
    // Its own lines have addresses in them, and those of galleries are secrets.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 100 },
    genReqId: () => crypto.randomUUID(),
    connectionTimeout: limits.silentMs,
    frameworkErrors: (_: FastifyError, __: unknown, reply: FastifyReply) =>
      void refuse(reply.headers(securityHeaders), { code: 'message.invalid' }),
    clientErrorHandler: hangUp,
  };
  const sockets = { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.headersMs / 2 };
  const plain = () => Fastify({ ...options, http: sockets }).withTypeProvider<ZodTypeProvider>();
  const secure = (pem: Certificate) =>
    Fastify({
      ...options,
      https: { ...sockets, ...pem, handshakeTimeout: limits.handshakeMs },
    }).withTypeProvider<ZodTypeProvider>();
  // The same but for the socket's type, which no route looks at.
  const app = certificate === undefined ? plain() : (secure(certificate) as unknown as PhoneApp);
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  guardSockets(app, limits);

  await app.register(multipart, { limits: { files: 1, fields: 4, parts: 6, fieldSize: kibibyte, headerPairs: 32 } });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'FindMe Kiosk', version: '1' } },
    transform: jsonSchemaTransform,
  });

  app.addHook('onRequest', (_, reply, done) => {
    void reply.headers(securityHeaders);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const of = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
    metrics.request(of, reply.elapsedTime / 1000);
    request.log.debug({ ...of, ms: Math.round(reply.elapsedTime) }, 'answered');
    done();
  });
  app.setNotFoundHandler((_, reply) => void refuse(reply, { code: 'phones.no-such-page' }));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 413) refuse(reply, { code: 'photo.file-too-large' });
    else if (status < 500) refuse(reply, { code: 'message.invalid' });
    else {
      request.log.error({ err: error, route: request.routeOptions.url }, 'a phone’s request failed');
      refuse(reply, { code: 'engine.failed' });
    }
  });

  registerRoutes(app, served);
  selfieRoutes(app, served);
  galleryRoutes(app, served);
  pageRoutes(app, served, pages);
  portalRoutes(app);
  systemRoutes(app, served, metrics);
  return app;
}

/** Answers what is no HTTP, or takes too long to become any. Nothing of it is logged: it may have had a link in it. */
function hangUp({ code }: ConnectionError, socket: Socket): void {
  const statuses: Readonly<Record<string, string>> = {
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  };
  if (socket.writable) {
    const headers = { ...securityHeaders, connection: 'close', 'content-length': '0' };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${statuses[code] ?? '400 Bad Request'}\r\n${lines.join('')}\r\n`);
  }
  socket.destroy();
}

/** No address has more than its share of the sockets. */
function guardSockets({ server }: PhoneApp, limits: typeof usualLimits): void {
  const shares = createShares({ perAddress: limits.socketsPerAddress, inAll: limits.sockets });
  server.on('connection', (socket: Socket) => {
    const giveBack = shares.take(socket.remoteAddress ?? '');
    if (giveBack === undefined) socket.destroy();
    else socket.once('close', giveBack);
  });
}
