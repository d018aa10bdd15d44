import type { PhoneApp } from '../served.ts';

// What phones ask for when they join a network, to learn whether it leads anywhere. Where the venue's router sends every name here, a phone that is
// answered as it expects stays in the network; one that is not leaves it for its own, and never reaches the gallery.
const answers: readonly { path: string; status: number; type: string; body: string }[] = [
  // Android, Chrome.
  ...['/generate_204', '/gen_204'].map((path) => ({ path, status: 204, type: 'text/plain', body: '' })),
  // Apple.
  ...['/hotspot-detect.html', '/library/test/success.html'].map((path) => ({
    path,
    status: 200,
    type: 'text/html',
    body: '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>',
  })),
  // Windows.
  { path: '/connecttest.txt', status: 200, type: 'text/plain', body: 'Microsoft Connect Test' },
  { path: '/ncsi.txt', status: 200, type: 'text/plain', body: 'Microsoft NCSI' },
  // Firefox.
  { path: '/success.txt', status: 200, type: 'text/plain', body: 'success\n' },
];

/** Answers the probes for captive portals. */
export function portalRoutes(app: PhoneApp): void {
  for (const { path, status, type, body } of answers) {
    app.get(path, { schema: { hide: true } }, (_, reply) => {
      void reply.code(status).type(type).send(body);
    });
  }
}
