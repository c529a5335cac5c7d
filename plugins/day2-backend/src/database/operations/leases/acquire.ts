import { Knex } from 'knex';
import { Lease } from '../../../model/types';
import { databaseNow, rowsOf } from '../../dialect';

export const leaseMs = 15_000;

/** Takes a scope that nobody holds, or whose holder has not renewed in time. */
export async function acquireLease(options: {
  knex: Knex;
  scope: string;
  holder: string;
}): Promise<Lease | undefined> {
  const { knex, scope, holder } = options;
  await knex('leases').insert({ scope }).onConflict('scope').ignore();
  const now = databaseNow(knex);
  const [taken] = await rowsOf<{ epoch: number }>(
    knex.raw(
      `UPDATE leases SET holder = ?, epoch = epoch + 1, expires_at = ${now} + ${leaseMs}
      WHERE scope = ? AND (holder IS NULL OR expires_at < ${now}) RETURNING epoch`,
      [holder, scope],
    ),
  );
  return taken && { scope, holder, epoch: taken.epoch };
}
