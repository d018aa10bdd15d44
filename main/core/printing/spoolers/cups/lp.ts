import { execFile } from 'node:child_process';
import { workersEnvironment } from '../../../../processes/index.ts';

/** What `lp` made of a document. */
export type LpOutcome =
  | { is: 'taken'; id: number }
  /** `words`: its own. */
  | { is: 'refused'; words: string }
  /** It did not come to an end; the server may have the document, or a part of it. */
  | { is: 'overdue' };

/**
 * Hands a file over, held: nothing is printed (lp(1)).
 *
 * @param order.title any text
 * @param order.server as CUPS_SERVER has it
 */
export function lp(order: {
  printer: string;
  title: string;
  media: string;
  file: string;
  user: string;
  server: string;
  deadlineMs: number;
}): Promise<LpOutcome> {
  const { printer, title, media, file, user, server } = order;
  // The page is as large as the media already, and is one sheet, whatever else printer and user are set to.
  const options = [`media=${media}`, 'print-scaling=none', 'number-up=1', 'job-sheets=none', 'sides=one-sided'];
  // See [Note: Whose pages].
  const quietly = 'page-logging=off';
  const given = ['-U', user, '-d', printer, '-t', title, '-H', 'hold', '-n', '1'];
  return new Promise((resolve) => {
    execFile(
      'lp',
      [...given, ...[...options, quietly].flatMap((option) => ['-o', option]), '--', file],
      {
        env: { ...workersEnvironment(process.env), CUPS_SERVER: server, LC_ALL: 'C' },
        timeout: order.deadlineMs,
        killSignal: 'SIGKILL',
      },
      (error, stdout, stderr) => {
        // `request id is booth-12 (1 file(s))`
        const id = /-(\d+) \(\d+ file\(s\)\)\s*$/.exec(stdout)?.at(1);
        if (id !== undefined) resolve({ is: 'taken', id: Number(id) });
        else if (error?.killed) resolve({ is: 'overdue' });
        else resolve({ is: 'refused', words: lastLine(stderr) ?? error?.message ?? 'lp says nothing' });
      },
    );
  });
}

const lastLine = (text: string): string | undefined =>
  text
    .trim()
    .split('\n')
    .findLast((line) => line !== '')
    ?.replace(/^lp: (Error - )?/, '');
