import { readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** Every row of every table of every SQLite file in a folder, as JSON, by `file/table`. */
export function dumpDatabases(folder: string): Map<string, string[]> {
  const dump = new Map<string, string[]>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(name => name.endsWith('.sqlite'))) {
    const database = new Database(path.join(folder, file), { readonly: true });
    const tables = database
      .prepare<[], { name: string }>(
        "select name from sqlite_master where type = 'table'",
      )
      .all();
    for (const { name } of tables) {
      const rows = database.prepare(`select * from "${name}"`).all();
      dump.set(
        `${path.basename(file, '.sqlite')}/${name}`,
        rows.map(row => JSON.stringify(row)),
      );
    }
    database.close();
  }
  return dump;
}
