import { protocol } from 'electron';
import { scheme } from '../../preload/index.ts';

/** Makes our scheme one that Chromium trusts with a camera. Before the app is ready. */
export const registerScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true, stream: true } },
  ]);
