import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Attempts } from './attempts.ts';
import { refuse } from './refusals.ts';

/** For the routes on which codes and links can be tried: an address that has to wait gets no further. */
export const holdBack =
  (attempts: Attempts) =>
  (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const waitMs = attempts.waitMs(request.ip);
    if (waitMs > 0) refuse(reply, { code: 'code.too-many-tries' }, Math.ceil(waitMs / 1000));
    else done();
  };
