import { Knex } from 'knex';

export function isPostgres(knex: Knex): boolean {
  return String(knex.client.config.client).startsWith('pg');
}

/**
 * SQL for the database's own time in ms. In PostgreSQL the time of the statement, not the start of the transaction that
 * `now()` gives.
 */
export function databaseNow(knex: Knex): string {
  return isPostgres(knex)
    ? '(extract(epoch from clock_timestamp()) * 1000)::float8'
    : "(unixepoch('subsec') * 1000.0)";
}

/**
 * `column IN (values)` as one bound parameter, so that a thousand ids are no longer a statement than one.
 *
 * @param column - SQL; never from a caller's input
 */
export function isIn(options: {
  knex: Knex;
  column: string;
  values: Iterable<string> | Iterable<number>;
}): Knex.Raw {
  const { knex, column } = options;
  const values: readonly (string | number)[] = [...options.values];
  if (values.length === 0) {
    return knex.raw('1 = 0');
  }
  if (values.length === 1) {
    // So that an index also gives the order of what follows.
    return knex.raw(`${column} = ?`, [values[0]]);
  }
  if (!isPostgres(knex)) {
    return knex.raw(`${column} IN (SELECT value FROM json_each(?))`, [
      JSON.stringify(values),
    ]);
  }
  const type = typeof values[0] === 'number' ? 'int' : 'text';
  // Not `= ANY`: as the filter of a join that looks through the array for each row, thousands of ids take a second.
  return knex.raw(`${column} IN (SELECT unnest(?::${type}[]))`, [
    values.map(String),
  ]);
}

/** Rows of a raw statement, which each driver wraps in its own way. */
export async function rowsOf<T>(raw: Knex.Raw): Promise<T[]> {
  const result: T[] | { rows: T[] } = await raw;
  return Array.isArray(result) ? result : result.rows;
}

/**
 * Rows of one INSERT: SQLite refuses more than 500 terms, and parameters are limited in both.
 */
export function* chunksOf<T>(rows: readonly T[], size = 100): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) {
    yield rows.slice(start, start + size);
  }
}

/** Puts conditions together; none is true. */
export function allOf(
  knex: Knex,
  conditions: readonly (Knex.Raw | undefined)[],
): Knex.Raw {
  const given = conditions.filter(one => one !== undefined);
  return given.length === 0
    ? knex.raw('1 = 1')
    : knex.raw(given.map(() => '(?)').join(' AND '), given);
}

/** `column LIKE %text%` over a column in lower case, whatever signs the text holds. */
export function contains(options: {
  knex: Knex;
  column: string;
  text: string;
}): Knex.Raw {
  const { knex, column, text } = options;
  const pattern = text.toLocaleLowerCase('en-US').replace(/[\\%_]/g, '\\$&');
  return knex.raw(`${column} LIKE ? ESCAPE '\\'`, [`%${pattern}%`]);
}
