import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { AuditEntry, Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

interface Row {
  id: number;
  at: string;
  actor: string;
  action: string;
  details: string;
}

const actorSchema = z.enum(['staff', 'guest', 'booth']);
export const detailsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

export function createAuditTable(database: Database.Database, guard: Guard) {
  const insert = database.prepare<[string, string, string, string]>(
    'INSERT INTO audit (at, actor, action, details) VALUES (?, ?, ?, ?)',
  );
  const page = database.prepare<[number, number], Row>(
    'SELECT id, at, actor, action, details FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?',
  );

  return {
    add: ({ actor, action, values }: Pick<AuditEntry, 'actor' | 'action' | 'values'>): Result<void> =>
      guard(() => void insert.run(new Date().toISOString(), actor, action, JSON.stringify(values))),
    /** Newest first. @param before id of the last entry that is known already */
    page: (before: number | undefined, limit: number): AuditEntry[] =>
      page.all(before ?? Number.MAX_SAFE_INTEGER, limit).map(({ actor, details, ...row }) => ({
        ...row,
        actor: actorSchema.parse(actor),
        values: detailsSchema.parse(JSON.parse(details)),
      })),
  };
}
