import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { brandingFileSchema, phonePaths } from '../../../../preload/index.ts';
import type { PageFile, Pages } from '../pages.ts';
import { refuse } from '../refusals.ts';
import type { PhoneApp, Served } from '../served.ts';

// Built files have a hash in their names.
const forGood = 'public, max-age=31536000, immutable';

/** The pages themselves and what they look like. */
export function pageRoutes(app: PhoneApp, { brandingDir }: Pick<Served, 'brandingDir'>, pages: Pages): void {
  const hidden = { schema: { hide: true } };

  for (const page of [phonePaths.startPage, phonePaths.galleryPage(':token')]) {
    app.get(page, hidden, (_, reply) => {
      if (pages.index === undefined) refuse(reply, { code: 'phones.no-such-page' });
      else send(reply.header('cache-control', 'no-cache'), pages.index);
    });
  }

  app.get('/assets/*', hidden, (request, reply) => {
    const asset = pages.asset(request.url.split('?')[0]);
    if (asset === undefined) refuse(reply, { code: 'phones.no-such-page' });
    else send(reply.header('cache-control', forGood), asset);
  });

  app.get(
    '/branding/:file',
    { schema: { hide: true, params: z.object({ file: brandingFileSchema }) } },
    async (request, reply) => {
      const { file } = request.params;
      const picture = path.join(brandingDir, file);
      const found = await stat(picture).catch(() => undefined);
      if (found === undefined) return refuse(reply, { code: 'phones.no-such-page' });
      return reply
        .header('cache-control', forGood)
        .header('content-length', found.size)
        .type(file.endsWith('.png') ? 'image/png' : 'image/jpeg')
        .send(createReadStream(picture));
    },
  );
}

function send(reply: FastifyReply, { bytes, type, etag }: PageFile): void {
  void reply.header('etag', etag).type(type);
  if (reply.request.headers['if-none-match'] === etag) void reply.code(304).send();
  else void reply.send(bytes);
}
