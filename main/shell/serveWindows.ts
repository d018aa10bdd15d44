import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { scheme, type DerivativeSize } from '../../preload/index.ts';
import { routeOf, type Route } from './route.ts';

/** What the pages show and core has. */
export interface Pictures {
  /** Where a photo's derivative lies, whether or not it has been made. */
  fileOf(sha256: string, size: DerivativeSize): Promise<string | undefined>;
  /** Makes it. @returns false for a photo that there is not */
  derive(sha256: string, size: DerivativeSize): Promise<boolean>;
  brandingFileOf(name: string): Promise<string | undefined>;
  /** Where a sheet's picture lies. */
  printFileOf(id: string): Promise<string | undefined>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Nothing but what we ship ourselves; blob: is the guest's own picture of a moment ago. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Answers every address of our scheme: the windows' pages, the photos' derivatives, the event's own pictures, the sheets to be printed. */
export function serveWindows(pagesDir: string, pictures: Pictures): void {
  protocol.handle(scheme, async ({ url, method }) => {
    if (method !== 'GET' && method !== 'HEAD') return refusal(405);
    const route = routeOf(url);
    const file = route && (await fileOf(route));
    if (route === undefined || file === undefined) return refusal(404);
    const bytes = (await read(file)) ?? ((await isMadeNow(route)) ? await read(file) : undefined);
    return bytes === undefined ? refusal(404) : new Response(bytes, { headers: headersOf(route, file) });
  });

  function fileOf(route: Route): Promise<string | undefined> {
    switch (route.at) {
      case 'photo':
        return pictures.fileOf(route.sha256, route.size);
      case 'branding':
        return pictures.brandingFileOf(route.name);
      case 'print':
        return pictures.printFileOf(route.id);
      case 'page':
        return Promise.resolve(path.join(pagesDir, route.file));
    }
  }

  const isMadeNow = async (route: Route): Promise<boolean> =>
    route.at === 'photo' && pictures.derive(route.sha256, route.size);
}

const read = (file: string) => readFile(file).catch(() => undefined);

function headersOf(route: Route, file: string): Record<string, string> {
  return {
    'content-type': contentTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': contentSecurityPolicy,
    // A guest's photos are not to lie in any cache when the visit is over.
    'cache-control': route.at === 'photo' || route.at === 'print' ? 'no-store' : 'no-cache',
  };
}

const refusal = (status: 404 | 405): Response => new Response(null, { status });
