import { auditPageEntries, ok, type Health } from '../../../../preload/index.ts';
import { diskOf } from '../../health/index.ts';
import type { Desk } from '../desk.ts';
import { withGround, type HandlersOf } from './handlers.ts';

export const healthHandlers = (desk: Desk): HandlersOf<'health' | 'log' | 'audit'> => ({
  'health:open': () =>
    withGround(desk, async ({ keys, backups }) => {
      const services = desk.services();
      const pool = services?.vision.health();
      const index = services?.index.health();
      const reembedding = services?.reembedding;
      const spare = reembedding?.health();
      const disk = await diskOf(desk.config.libraryDir).catch(() => undefined);
      const backedUpAt = backups.newestAt();
      const health: Health = {
        processes: [
          { name: 'core', pid: process.pid, rssBytes: process.memoryUsage.rss() },
          ...(pool?.pids ?? []).map((pid, i) => ({ name: 'vision', pid, rssBytes: pool?.rssBytes[i] ?? 0 })),
          ...(spare?.pids ?? []).map((pid, i) => ({ name: 'vision', pid, rssBytes: spare?.rssBytes[i] ?? 0 })),
          ...(index === undefined ? [] : [{ name: 'faceindex', pid: index.pid, rssBytes: index.rssBytes }]),
        ],
        crashes: (pool?.crashes ?? 0) + (spare?.crashes ?? 0) + (index?.crashes ?? 0),
        waiting: pool?.queued ?? { guest: 0, ingest: 0 },
        ...(disk === undefined ? {} : { disk }),
        pack: services?.vision.packKey ?? desk.config.models.pack,
        ...(reembedding === undefined ? {} : { nextPack: { pack: reembedding.packKey, ...reembedding.progress() } }),
        camera: desk.kioskCamera(),
        protection: keys.protection(),
        ...(backedUpAt === undefined ? {} : { backedUpAt }),
        uptimeSeconds: process.uptime(),
        version: desk.version,
      };
      return ok(health);
    }),

  'log:tail': () => ok(desk.logTail()),

  'audit:page': ({ before }) => withGround(desk, ({ store }) => ok(store.audit.page(before, auditPageEntries))),
});
