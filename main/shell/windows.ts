import { ipcMain, screen, type BrowserWindow, type Display, type IpcMainEvent, type WebContents } from 'electron';
import type { BoothContract, WindowKind } from '../../preload/index.ts';
import type { Reply } from '../processes/index.ts';
import { isOurs } from './lockDown.ts';
import { createPageWindow } from './pageWindow.ts';

type Presented = Reply<BoothContract, 'present'>;

/** The booth's windows: the guests', and the staff's over it or on a display of its own. */
export interface Windows {
  /** Puts the windows where the settings want them. Resolved once the guests' is seen. */
  show(settings: Pick<Presented, 'window' | 'usesSecondDisplay'>): Promise<void>;
  /** The staff's, over the guests'. */
  openStaff(): void;
  /** Once the guests' window is closed, where it can be. */
  untilClosed: Promise<void>;
}

/** @param connect gives a window its line to core */
export function openWindows(entriesDir: string, connect: (contents: WebContents, kind: WindowKind) => void): Windows {
  const kiosk = createPageWindow('kiosk', entriesDir);
  let overKiosk: BrowserWindow | undefined;
  let onSecondDisplay: BrowserWindow | undefined;
  let isKioskMode = true;

  const untilClosed = new Promise<void>((resolve) => kiosk.once('closed', resolve));
  const untilReady = new Promise<void>((resolve) => kiosk.once('ready-to-show', resolve));

  const kindOf = (contents: WebContents): WindowKind | undefined => {
    if (contents === kiosk.webContents) return 'kiosk';
    return [overKiosk, onSecondDisplay].some((window) => window?.webContents === contents) ? 'staff' : undefined;
  };
  /** A page may ask, and only the page itself: no frame in it. */
  const hear = (channel: string, act: (contents: WebContents, kind: WindowKind) => void) =>
    ipcMain.on(channel, ({ sender, senderFrame }: IpcMainEvent) => {
      const kind = kindOf(sender);
      if (kind !== undefined && senderFrame === sender.mainFrame && isOurs(senderFrame.url)) act(sender, kind);
    });

  hear('window:connect', connect);
  hear('window:open-staff', (_, kind) => {
    if (kind === 'kiosk') openOverKiosk();
  });
  hear('window:close', (contents) => {
    if (contents === overKiosk?.webContents) overKiosk.close();
  });

  function openOverKiosk(): void {
    if (overKiosk !== undefined) {
      overKiosk.focus();
      return;
    }
    const opened = createPageWindow('staff', entriesDir, {
      parent: kiosk,
      frame: !isKioskMode,
      skipTaskbar: true,
      ...kiosk.getBounds(),
    });
    overKiosk = opened;
    opened.once('ready-to-show', () => {
      opened.show();
      if (!isKioskMode) return;
      opened.setAlwaysOnTop(true);
      // A window manager may have made room for its own bars.
      opened.setBounds(kiosk.getBounds());
    });
    opened.once('closed', () => {
      overKiosk = undefined;
      if (!kiosk.isDestroyed()) kiosk.focus();
    });
  }

  /** A display beside the guests' has the staff's window for as long as it is there. */
  function followSecondDisplay(): void {
    const place = () => {
      const second = screen.getAllDisplays().find(({ id }) => id !== screen.getDisplayMatching(kiosk.getBounds()).id);
      if (second === undefined) onSecondDisplay?.destroy();
      else if (onSecondDisplay === undefined) openOn(second);
      else onSecondDisplay.setBounds(second.workArea);
    };
    screen.on('display-added', place);
    screen.on('display-removed', place);
    place();
  }

  function openOn({ workArea }: Display): void {
    const opened = createPageWindow('staff', entriesDir, { ...workArea });
    onSecondDisplay = opened;
    opened.once('ready-to-show', () => {
      opened.setBounds(workArea);
      opened.showInactive();
    });
    opened.once('closed', () => {
      onSecondDisplay = undefined;
    });
  }

  function showKiosk(settings: Presented['window']): void {
    switch (settings.mode) {
      case 'kiosk':
        kiosk.show();
        kiosk.setKiosk(true);
        // Not by the keys of a keyboard that somebody has plugged in either. The booth ends by app.exit, which asks no window.
        kiosk.on('close', (event) => event.preventDefault());
        // Without a window manager (a bare X server) the kiosk mode leaves the window as it is.
        kiosk.setBounds(screen.getDisplayMatching(kiosk.getBounds()).bounds);
        return;
      case 'window':
        isKioskMode = false;
        kiosk.setContentSize(settings.width, settings.height);
        kiosk.center();
        kiosk.show();
        return;
    }
  }

  return {
    show: async ({ window, usesSecondDisplay }) => {
      await untilReady;
      showKiosk(window);
      if (usesSecondDisplay) followSecondDisplay();
    },
    openStaff: openOverKiosk,
    untilClosed,
  };
}
