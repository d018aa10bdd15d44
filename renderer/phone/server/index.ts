// What the phone says to the LAN server, and hears from it.
export { createServer } from './createServer.ts';
export type { Server } from './createServer.ts';
export type { Reply } from './reply.ts';
export { watchGallery } from './watchGallery.ts';
export { watchSelfie } from './watchSelfie.ts';
