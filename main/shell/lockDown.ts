import { app, session, type Session, type WebContents } from 'electron';
import { origin, scheme } from '../../preload/index.ts';

/** Holds every window to our own pages, and those to nothing but the camera. Once the app is ready, before the first window. */
export function lockDown(): void {
  app.on('web-contents-created', (_, contents) => holdToOurPages(contents));
  grantOnlyCamera(session.defaultSession);
  refuseOtherSchemes(session.defaultSession);
}

/** Whether an address is one of our pages. Not by its beginning: `findme://app.elsewhere` begins the same. */
export const isOurs = (address: string): boolean => {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === origin;
};

function holdToOurPages(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function grantOnlyCamera(guarded: Session): void {
  guarded.setPermissionRequestHandler((_, permission, grant, details) => {
    const wanted = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const isCameraAlone = permission === 'media' && wanted.length > 0 && wanted.every((type) => type === 'video');
    grant(isCameraAlone && isOurs(details.requestingUrl));
  });
  guarded.setPermissionCheckHandler(
    (_, permission, requestingOrigin, { mediaType }) =>
      permission === 'media' && mediaType !== 'audio' && isOurs(requestingOrigin),
  );
  guarded.setDevicePermissionHandler(() => false);
}

/** No page of ours needs the network, a file or anything else; what asks for it is not ours. */
function refuseOtherSchemes(guarded: Session): void {
  const ownSchemes = new Set([`${scheme}:`, 'blob:', 'devtools:']);
  guarded.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !ownSchemes.has(URL.parse(url)?.protocol ?? '') });
  });
}
