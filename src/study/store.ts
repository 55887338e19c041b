/**
 * The store of a study: one SQLite file (`runs.db`) with the study's frame, its finished runs, and the saved optimizers of
 * unfinished ones. One process writes; others may read meanwhile. What is committed survives the end of the process, however it
 * ends. A power cut may take the last commits, never the store: those runs are made again, and give the same.
 */
import { existsSync } from 'node:fs';
import Database from 'libsql';
import { StoreError } from '../core/errors.js';
import type { ProblemInfo, Provenance, StrategyInfo, StudyResults } from './results.js';
import { type RunRow, runOf, type StoredRun } from './run-row.js';

/** What a study is, apart from the runs' results: enough to compute a report from the store alone. */
export interface StudyFrame {
  readonly name: string;
  readonly problems: readonly ProblemInfo[];
  readonly strategies: readonly StrategyInfo[];
  readonly seeds: readonly number[];
  readonly budget: StudyResults['budget'];
  readonly provenance: Provenance;
  readonly commands: StudyResults['commands'];
  /** In the study's order. */
  readonly runs: readonly { readonly id: string; readonly label: string }[];
}

/** "ZERO", in the header field that SQLite keeps for the name of an application's format. */
const applicationId = 0x5a45524f;
const formatVersion = 1;

/** Runs in the order in which they came: kept in the order of their ids, which are hashes, each costs twice as much to store. */
const schema = `
  CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, settings TEXT NOT NULL, status TEXT NOT NULL, stop TEXT, error TEXT, cost TEXT NOT NULL,
    peak_bytes INTEGER NOT NULL, trace TEXT NOT NULL, final TEXT NOT NULL, best BLOB
  );
  CREATE TABLE checkpoints (id TEXT PRIMARY KEY, optimizer BLOB NOT NULL) WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${formatVersion};
`;

export class RunStore {
  readonly path: string;
  readonly #database: Database.Database;
  readonly #insertRun: Database.Statement;
  readonly #insertCheckpoint: Database.Statement;
  readonly #deleteCheckpoint: Database.Statement;

  private constructor(path: string, database: Database.Database) {
    this.path = path;
    this.#database = database;
    this.#insertRun = database.prepare('INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#insertCheckpoint = database.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?)');
    this.#deleteCheckpoint = database.prepare('DELETE FROM checkpoints WHERE id = ?');
  }

  /**
   * Opens the store at `path`; `create` makes it when it is not there.
   * Throws StoreError when there is none, or the file is not a store of this version.
   */
  static open(path: string, create = false): RunStore {
    if (!create && !existsSync(path)) throw new StoreError(`There is no store at ${path}: give the output folder of a study.`);
    return explained(path, () => {
      const database = new Database(path);
      try {
        // the first statement that reads the file, so that a file of another format is refused before it is touched
        const application = pragma(database, 'application_id');
        const tables = (database.prepare('SELECT count(*) AS n FROM sqlite_master').get() as { n: number }).n;
        if (tables > 0 && application !== applicationId)
          throw new StoreError(`${path} is a database of another program; it was left as it is.`);
        const version = pragma(database, 'user_version');
        if (tables > 0 && version !== formatVersion) {
          throw new StoreError(
            `${path} has format ${version}, and this version of Zeroth reads format ${formatVersion}: choose another folder.`,
          );
        }
        if (tables === 0 && !create) throw new StoreError(`${path} holds no study.`);
        database.pragma('busy_timeout = 10000');
        database.pragma('journal_mode = WAL');
        database.pragma('synchronous = NORMAL'); // FULL waits for the disk at every run: several times what storing one costs
        if (tables === 0) database.exec(`BEGIN; ${schema} COMMIT;`);
        return new RunStore(path, database);
      } catch (error) {
        database.close();
        throw error;
      }
    });
  }

  writeFrame(frame: StudyFrame): void {
    this.#do(() => this.#database.prepare("INSERT OR REPLACE INTO study VALUES ('frame', ?)").run(JSON.stringify(frame)));
  }

  readFrame(): StudyFrame | undefined {
    return this.#do(() => {
      const row = this.#database.prepare("SELECT value FROM study WHERE key = 'frame'").get() as { value: string } | undefined;
      return row && (JSON.parse(row.value) as StudyFrame);
    });
  }

  /** Ids of the runs that are done; those of failed runs too when `failed`. */
  finished(failed = false): Set<string> {
    return this.#do(() => {
      const rows = this.#database.prepare(`SELECT id FROM runs ${failed ? '' : "WHERE status = 'done'"}`).all();
      return new Set((rows as { id: string }[]).map(({ id }) => id));
    });
  }

  /** Finished runs by id, without their best points. */
  runs(): Map<string, StoredRun> {
    return this.#do(() => {
      const rows = this.#database.prepare('SELECT id, settings, status, stop, error, cost, peak_bytes, trace, final FROM runs').all();
      return new Map((rows as Omit<RunRow, 'best'>[]).map((row) => [row.id, runOf(row)]));
    });
  }

  best(id: string): Uint8Array | undefined {
    return this.#do(() => {
      const row = this.#database.prepare('SELECT best FROM runs WHERE id = ?').get(id) as { best: Uint8Array | null } | undefined;
      return row?.best ? Uint8Array.from(row.best) : undefined;
    });
  }

  checkpoint(id: string): Uint8Array | undefined {
    return this.#do(() => {
      const row = this.#database.prepare('SELECT optimizer FROM checkpoints WHERE id = ?').get(id) as { optimizer: Uint8Array } | undefined;
      return row && Uint8Array.from(row.optimizer);
    });
  }

  /** Ids of the runs that were saved unfinished. */
  unfinished(): string[] {
    return this.#do(() => (this.#database.prepare('SELECT id FROM checkpoints').all() as { id: string }[]).map(({ id }) => id));
  }

  /** Stores finished runs, and drops their checkpoints, in one transaction. */
  addRuns(rows: readonly RunRow[]): void {
    this.#transaction(() => {
      for (const { id, settings, status, stop, error, cost, peak_bytes, trace, final, best } of rows) {
        this.#insertRun.run(id, settings, status, stop, error, cost, peak_bytes, trace, final, best ? blob(best) : null);
        this.#deleteCheckpoint.run(id);
      }
    });
  }

  addCheckpoint(id: string, optimizer: Uint8Array): void {
    this.#do(() => this.#insertCheckpoint.run(id, blob(optimizer)));
  }

  /** Moves the write-ahead log into the file, so that `runs.db` alone is the whole store. */
  close(): void {
    try {
      this.#do(() => this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    } finally {
      this.#database.close();
    }
  }

  #transaction(work: () => void): void {
    this.#do(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        work();
        this.#database.exec('COMMIT');
      } catch (error) {
        this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  #do<T>(work: () => T): T {
    return explained(this.path, work);
  }
}

function explained<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(`The store ${path} cannot be used: ${reason}. ${adviceOn(reason)}`, { cause: error });
  }
}

/** `reason`: SQLite's words. */
function adviceOn(reason: string): string {
  if (/disk is full/.test(reason)) return 'Free space and give the same command again: what is stored is kept.';
  if (/not a database/.test(reason)) return 'If it was a store, restore it from a copy; else choose another folder.';
  return 'Restore it from a copy, or choose another folder.';
}

function pragma(database: Database.Database, name: string): number {
  return (database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[name];
}

function blob(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
