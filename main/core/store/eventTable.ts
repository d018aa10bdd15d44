import { randomBytes, randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { eventStates, type EventState, type Result } from '../../../preload/index.ts';
import { z } from 'zod';
import type { Guard } from './guard.ts';

export interface EventRow {
  id: number;
  /** Never changes, and is the same on every booth that the event is taken to. */
  uid: string;
  code: string;
  state: EventState;
  /** JSON. */
  settings: string;
  createdAt: string;
  keyErasedAt: string | undefined;
}

interface RawRow extends Omit<EventRow, 'state' | 'keyErasedAt'> {
  state: string;
  keyErasedAt: string | null;
}

/** An event as it is made or brought in. */
export interface NewEvent {
  uid?: string;
  code: string;
  state: EventState;
  settings: string;
  createdAt?: string;
  codeSalt?: Buffer;
  sealedKey?: Buffer;
}

const stateSchema = z.enum(eventStates);

export function createEventTable(database: Database.Database, guard: Guard) {
  const columns = 'id, uid, code, state, settings, created_at AS createdAt, key_erased_at AS keyErasedAt';
  const byCode = database.prepare<[string], RawRow>(`SELECT ${columns} FROM events WHERE code = ?`);
  const byUid = database.prepare<[string], RawRow>(`SELECT ${columns} FROM events WHERE uid = ?`);
  const byId = database.prepare<[number], RawRow>(`SELECT ${columns} FROM events WHERE id = ?`);
  const all = database.prepare<[], RawRow>(`SELECT ${columns} FROM events ORDER BY id`);
  const insert = database.prepare<[string, string, string, string, string, Buffer, Buffer | null]>(
    `INSERT INTO events (uid, code, state, settings, created_at, code_salt, sealed_key) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const salt = database.prepare<[number], { code_salt: Buffer }>('SELECT code_salt FROM events WHERE id = ?');
  const update = database.prepare<[string, string, number]>('UPDATE events SET code = ?, settings = ? WHERE id = ?');
  const setState = database.prepare<[string, number]>('UPDATE events SET state = ? WHERE id = ?');
  const sealedKey = database.prepare<[number], { sealed_key: Buffer | null }>(
    'SELECT sealed_key FROM events WHERE id = ?',
  );
  const setSealedKey = database.prepare<[Buffer, number]>('UPDATE events SET sealed_key = ? WHERE id = ?');
  const eraseKey = database.prepare<[string, number]>(
    'UPDATE events SET sealed_key = NULL, key_erased_at = ? WHERE id = ?',
  );
  const sealedKeys = database.prepare<[], { count: number }>(
    'SELECT count(*) AS count FROM events WHERE sealed_key IS NOT NULL',
  );

  return {
    /** Whatever its case and the blanks around it: a phone's keyboard begins with a capital and ends with a space. */
    find: (code: string): EventRow | undefined =>
      rowOf(byCode.get(code) ?? all.all().find((row) => foldedCode(row.code) === foldedCode(code))),
    findByUid: (uid: string): EventRow | undefined => rowOf(byUid.get(uid)),
    get: (eventId: number): EventRow | undefined => rowOf(byId.get(eventId)),
    list: (): EventRow[] => all.all().map(eventOf),

    add: ({ uid = newUid(), code, state, settings, createdAt, codeSalt, sealedKey: key }: NewEvent): Result<EventRow> =>
      guard(() => {
        const madeAt = createdAt ?? new Date().toISOString();
        const codesSalt = codeSalt ?? randomBytes(16);
        const { lastInsertRowid } = insert.run(uid, code, state, settings, madeAt, codesSalt, key ?? null);
        return { id: Number(lastInsertRowid), uid, code, state, settings, createdAt: madeAt, keyErasedAt: undefined };
      }),
    update: (eventId: number, { code, settings }: Pick<EventRow, 'code' | 'settings'>): Result<void> =>
      guard(() => void update.run(code, settings, eventId)),
    setState: (eventId: number, state: EventState): Result<void> => guard(() => void setState.run(state, eventId)),

    /** 16 bytes, the event's own for as long as there is the event. */
    codeSaltOf: (eventId: number): Buffer | undefined => salt.get(eventId)?.code_salt,

    sealedKeyOf: (eventId: number): Buffer | undefined => sealedKey.get(eventId)?.sealed_key ?? undefined,
    setSealedKey: (eventId: number, sealed: Buffer): Result<void> =>
      guard(() => void setSealedKey.run(sealed, eventId)),
    /** Takes the key away for good. */
    eraseKey: (eventId: number): Result<void> => guard(() => void eraseKey.run(new Date().toISOString(), eventId)),
    /** Whether any event has a key. */
    hasSealedKeys: (): boolean => (sealedKeys.get()?.count ?? 0) > 0,
  };
}

// An accent may come as a character of its own (Unicode, UAX 15).
const foldedCode = (code: string): string => code.trim().normalize('NFC').toLowerCase();

const newUid = (): string => randomUUID().replaceAll('-', '');

const rowOf = (row: RawRow | undefined): EventRow | undefined => row && eventOf(row);

const eventOf = (row: RawRow): EventRow => ({
  ...row,
  state: stateSchema.parse(row.state),
  keyErasedAt: row.keyErasedAt ?? undefined,
});
