import path from 'node:path';
import Database from 'better-sqlite3';
import { titleOf } from './printProcess.ts';

/** What became of the sheets that were asked for. */
export interface PrintAccount {
  /** Sheets that were asked for. */
  jobs: number;
  /** Of them, those that came out. */
  printed: number;
  /** That did not come out, or that the booth has forgotten although it said that it had taken them. */
  lost: string[];
  /** That came out more than once. */
  doubled: string[];
  /** That came out and that nobody had asked for. */
  strange: string[];
}

interface Row {
  orderId: string;
  number: number;
}

/**
 * Compares what a booth, which has stopped, has in its database with what lies in the trays.
 *
 * @param ordered what it has said to have taken: the sheets of each order
 * @param titles of the sheets that came out, whatever stands before the sheet's own
 */
export function printAccount(
  libraryDir: string,
  ordered: ReadonlyMap<string, number>,
  titles: readonly string[],
): PrintAccount {
  const database = new Database(path.join(libraryDir, 'library.db'), { readonly: true });
  try {
    const rows = database.prepare<[], Row>('SELECT order_id AS orderId, number FROM print_sheets').all();
    const wanted = new Set(rows.map(({ orderId, number }) => titleOf(orderId, number)));
    const forgotten = [...ordered]
      .flatMap(([orderId, copies]) => Array.from({ length: copies }, (_, i) => titleOf(orderId, i + 1)))
      .filter((title) => !wanted.has(title));
    const out = new Map<string, number>();
    for (const title of titles) {
      const own = title.split(' ').at(-1) ?? '';
      out.set(own, (out.get(own) ?? 0) + 1);
    }
    return {
      jobs: wanted.size + forgotten.length,
      printed: [...wanted].filter((title) => out.has(title)).length,
      lost: [...forgotten, ...[...wanted].filter((title) => !out.has(title))],
      doubled: [...out].filter(([, count]) => count > 1).map(([title]) => title),
      strange: [...out.keys()].filter((title) => !wanted.has(title)),
    };
  } finally {
    database.close();
  }
}
