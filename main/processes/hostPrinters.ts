import {
  hostMessageSchema,
  type HostLine,
  type HostPage,
  type HostPrinter,
  type HostRequest,
  type PrintOutcome,
} from './host.ts';

/** The system's printers, over the line to shell: Electron prints from its main process alone. */
export interface HostPrinters {
  /** @returns undefined where the system does not tell */
  list(): Promise<HostPrinter[] | undefined>;
  /** One page after the other, whoever asks. */
  print(page: HostPage): Promise<PrintOutcome>;
}

export function createHostPrinters(line: HostLine): HostPrinters {
  const lists = new Map<number, (printers: HostPrinter[] | undefined) => void>();
  const pages = new Map<number, (outcome: PrintOutcome) => void>();
  let lastId = 0;

  line.on('message', ({ data }) => {
    const message = hostMessageSchema.safeParse(data);
    if (!message.success) return;
    if (message.data.type === 'host:printer-list') {
      lists.get(message.data.id)?.(message.data.printers);
      lists.delete(message.data.id);
    } else if (message.data.type === 'host:printed') {
      pages.get(message.data.id)?.(message.data.outcome);
      pages.delete(message.data.id);
    }
  });

  const ask = <T>(waiting: Map<number, (answer: T) => void>, requestOf: (id: number) => HostRequest) =>
    new Promise<T>((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      line.postMessage(requestOf(lastId));
    });

  return {
    list: () => ask(lists, (id) => ({ type: 'host:printers', id })),
    print: (page) => ask(pages, (id) => ({ type: 'host:print', id, page })),
  };
}
