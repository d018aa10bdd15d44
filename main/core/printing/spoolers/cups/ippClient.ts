import { fail, ok, type Result } from '../../../../../preload/index.ts';
import { ippRequest, readIppAnswer, type IppAnswer, type IppAttribute, type IppAttributes } from './ippMessage.ts';
import type { CupsServer } from './server.ts';

/** RFC 8011, section 5.4.15, and CUPS' own (https://www.cups.org/doc/spec-ipp.html). */
export const operations = {
  cancelJob: 0x08,
  getJobAttributes: 0x09,
  getJobs: 0x0a,
  getPrinterAttributes: 0x0b,
  releaseJob: 0x0d,
  resumePrinter: 0x11,
  getDefault: 0x4001,
  getPrinters: 0x4002,
} as const;

/** RFC 8011, appendix B. */
export const ippStatus = {
  /** This and all below it: done. */
  lastOfSuccess: 0xff,
  notAuthorised: 0x0403,
  notPossible: 0x0404,
  notFound: 0x0406,
  gone: 0x0407,
} as const;

export const isDone = ({ status }: IppAnswer): boolean => status <= ippStatus.lastOfSuccess;

export interface IppClient {
  /**
   * @param attributes of the operation, after those that each has
   * @returns the answer, also one that says no; print.spooler-unreachable where there is none
   */
  ask(operation: keyof typeof operations, attributes: readonly IppAttribute[]): Promise<Result<IppAnswer>>;
}

/** @param user in whose name jobs are handed over and asked for */
export function createIppClient(server: CupsServer, user: string): IppClient {
  let asked = 0;
  return {
    ask: async (operation, attributes) => {
      asked += 1;
      const message = ippRequest(operations[operation], asked, [
        { name: 'attributes-charset', type: 'charset', values: ['utf-8'] },
        { name: 'attributes-natural-language', type: 'language', values: ['en'] },
        // Printer and job have to come right after those two (RFC 8011, section 4.1.5).
        ...attributes.filter(({ type }) => type === 'uri'),
        ...attributes.filter(({ type }) => type !== 'uri'),
        { name: 'requesting-user-name', type: 'name', values: [user] },
      ]);
      try {
        const isForStaff = operation === 'resumePrinter';
        // Over its socket cupsd sees itself who asks (unix(7), SO_PEERCRED), and only wants to hear it.
        const { httpStatus, body } = await server.post(
          isForStaff ? '/admin/' : '/',
          message,
          isForStaff ? `PeerCred ${user}` : undefined,
        );
        if (httpStatus === 401 || httpStatus === 403) return ok({ status: ippStatus.notAuthorised, groups: [] });
        const answer = httpStatus === 200 ? readIppAnswer(body) : undefined;
        return answer === undefined
          ? fail('print.spooler-unreachable', `no answer of IPP, HTTP ${String(httpStatus)}`)
          : ok(answer);
      } catch (error) {
        return fail('print.spooler-unreachable', error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** The server's own words, or its status where it has none. */
export function wordsOf({ status, groups }: IppAnswer): string {
  const operation = groups.at(0);
  return (operation && textOf(operation.attributes, 'status-message')) ?? `IPP status 0x${status.toString(16)}`;
}

/** @returns undefined for a printer that has no such name */
export const textOf = (attributes: IppAttributes, name: string): string | undefined => textsOf(attributes, name).at(0);

export const textsOf = (attributes: IppAttributes, name: string): string[] =>
  (attributes.get(name) ?? []).filter((value) => typeof value === 'string');

export const numberOf = (attributes: IppAttributes, name: string): number | undefined =>
  numbersOf(attributes, name).at(0);

export const numbersOf = (attributes: IppAttributes, name: string): number[] =>
  (attributes.get(name) ?? []).filter((value) => typeof value === 'number');
