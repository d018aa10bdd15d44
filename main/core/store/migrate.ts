import type Database from 'better-sqlite3';
import { firstSchema } from './migrations/0001-first-schema.ts';
import { kioskSchema } from './migrations/0002-kiosk.ts';
import { groundSchema } from './migrations/0003-ground.ts';
import { intakeSchema } from './migrations/0004-intake.ts';
import { stagedFacesSchema } from './migrations/0005-staged-faces.ts';
import { faceQualitySchema } from './migrations/0006-face-quality.ts';
import { shareLinksSchema } from './migrations/0007-share-links.ts';
import { printsSchema } from './migrations/0008-prints.ts';
import { outboxSchema } from './migrations/0009-outbox.ts';
import { cloudSchema } from './migrations/0010-cloud.ts';

/** Applied in this order, each once, each in a transaction of its own. A migration that has landed is never edited. */
const migrations: readonly string[] = [
  firstSchema,
  kioskSchema,
  groundSchema,
  intakeSchema,
  stagedFacesSchema,
  faceQualitySchema,
  shareLinksSchema,
  printsSchema,
  outboxSchema,
  cloudSchema,
];

/** Of a database that has seen all of them. */
export const newestVersion = migrations.length;

/**
 * Brings a database to the newest schema; `user_version` counts the migrations that it has seen.
 *
 * @param beforeChange is called where there is something to lose, before anything of it is changed
 * @returns false if the database has seen more of them than this program knows
 */
export function migrate(database: Database.Database, beforeChange: () => void): boolean {
  const seen = Number(database.pragma('user_version', { simple: true }));
  if (seen > migrations.length) return false;
  if (seen > 0 && seen < migrations.length) beforeChange();
  migrations.slice(seen).forEach((sql, i) => {
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${String(seen + i + 1)}`);
    })();
  });
  return true;
}
