import { readFile } from 'node:fs/promises';
import { BrowserWindow, session, webContents, type Session, type WebContents } from 'electron';
import { scheme } from '../../../preload/index.ts';
import { hostPrinterSchema, type HostPage, type HostPrinter, type PrintOutcome } from '../../processes/index.ts';
import { inTime } from './inTime.ts';
import { sheetDocument } from './sheetDocument.ts';

/** The system's printers, as Electron has them. Neither call rejects, nor takes longer than its limits. */
export interface PrintDesk {
  /** @returns undefined where the system does not tell */
  list(): Promise<HostPrinter[] | undefined>;
  /** Prints a page when those that were asked for before it are done. */
  print(page: HostPage): Promise<PrintOutcome>;
}

// Servers that are gone are waited for while printers are listed.
const listLimitMs = 10_000;
// Until the picture is there, decoded.
const showLimitMs = 15_000;
// Until the driver has the page. A slow one renders it meanwhile.
const handOverLimitMs = 30_000;

/** An origin that our pages do not share, answered in the print windows' own session alone. */
const origin = `${scheme}://print`;
const contentSecurityPolicy =
  "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** One for the whole program: printers are asked by one window at a time. */
export function createPrintDesk(): PrintDesk {
  let printing: HostPage | undefined;
  let apart: Session | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Their own session, kept in memory: nothing but the page that is being printed can be reached in it. */
  function sessionApart(): Session {
    if (apart !== undefined) return apart;
    apart = session.fromPartition('print', { cache: false });
    apart.setPermissionRequestHandler((_, __, grant) => grant(false));
    apart.setPermissionCheckHandler(() => false);
    apart.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !url.startsWith(`${origin}/`) }));
    apart.protocol.handle(scheme, ({ url }) => answerOf(url));
    return apart;
  }

  async function answerOf(url: string): Promise<Response> {
    const page = printing;
    const bytes = page && (await bytesOf(page, url));
    if (bytes === undefined) return new Response(null, { status: 404 });
    return new Response(bytes, {
      headers: {
        'content-type': url.endsWith('.jpg') ? 'image/jpeg' : 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  }

  async function printNow(page: HostPage): Promise<PrintOutcome> {
    // Electron takes one that it is not told for the system's own choice, and older ones do not look whether there is one of that name.
    const printers = await list();
    if (printers !== undefined && !printers.some(({ name }) => name === page.printer)) return { at: 'no-printer' };
    printing = page;
    const window = hiddenWindow(sessionApart());
    try {
      const isShown = await inTime(show(window.webContents), showLimitMs);
      if (isShown === undefined) return { at: 'failed', detail: 'the page is not there in time' };
      return (await inTime(handOver(window.webContents, page), handOverLimitMs)) ?? { at: 'unclear' };
    } finally {
      printing = undefined;
      window.destroy();
    }
  }

  return {
    list,
    print: (page) => {
      const done = last.then(() => printNow(page)).catch((error: unknown) => failed(error));
      last = done;
      return done;
    },
  };
}

const failed = (error: unknown): PrintOutcome => ({
  at: 'failed',
  detail: error instanceof Error ? error.message : String(error),
});

const bytesOf = async (page: HostPage, url: string) => {
  if (url === `${origin}/sheet.jpg`) return readFile(page.file).catch(() => undefined);
  return url === `${origin}/sheet.html` ? sheetDocument(page, 'sheet.jpg') : undefined;
};

async function list(): Promise<HostPrinter[] | undefined> {
  // Any page may ask, and one that is there already costs nothing.
  const there = webContents.getAllWebContents().at(0);
  const window = there === undefined ? new BrowserWindow({ show: false }) : undefined;
  try {
    const asked = there ?? window?.webContents;
    const printers = asked && (await inTime(asked.getPrintersAsync(), listLimitMs));
    return printers?.map((printer) => hostPrinterSchema.parse(printer));
  } catch (error) {
    console.error('the system’s printers cannot be listed:', error);
    return undefined;
  } finally {
    window?.destroy();
  }
}

const hiddenWindow = (apart: Session): BrowserWindow =>
  new BrowserWindow({
    show: false,
    webPreferences: {
      session: apart,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
      // Nobody looks at it, and it is not to be slower for that.
      backgroundThrottling: false,
    },
  });

/** @throws where the picture is none, or its window dies */
async function show(contents: WebContents): Promise<true> {
  const isGone = new Promise<never>((_, reject) => {
    contents.once('render-process-gone', (__, { reason }) => reject(new Error(`the page’s process ended: ${reason}`)));
  });
  // A picture that cannot be read would leave the page white.
  const decode = "document.querySelector('image').decode()";
  await Promise.race([contents.loadURL(`${origin}/sheet.html`).then(() => contents.executeJavaScript(decode)), isGone]);
  return true;
}

/**
 * To the driver. What Electron's silent printing makes of what it is told has changed over and over: it has taken another printer (electron#30340) and other
 * paper (electron#31705, #50785) than it was told, so that the page has its size by itself; it has shrunk pages where it was not told how fine the printer
 * prints (electron#39179), and where it was told what is not so. Those that we run on ask the driver for that (electron#41811).
 */
const handOver = (contents: WebContents, { printer, paper }: HostPage): Promise<PrintOutcome> =>
  new Promise((resolve) => {
    // What it had begun may come out.
    contents.once('render-process-gone', () => resolve({ at: 'unclear' }));
    contents.print(
      {
        silent: true,
        deviceName: printer,
        color: true,
        printBackground: true,
        copies: 1,
        margins: { marginType: 'none' },
        // Microns.
        pageSize: { width: Math.round(paper.widthMm * 1000), height: Math.round(paper.heightMm * 1000) },
        // A second page would be a sheet of paper.
        pageRanges: [{ from: 0, to: 0 }],
      },
      (isSpooled, reason) => resolve(isSpooled ? { at: 'spooled' } : { at: 'failed', detail: reason }),
    );
  });
