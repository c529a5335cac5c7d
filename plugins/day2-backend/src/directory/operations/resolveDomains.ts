import { Knex } from 'knex';
import { chunksOf, isIn } from '../../database/dialect';
import { raiseRevision } from './raiseRevision';

/**
 * Gives everything that is part of a System the Domain of that System.
 *
 * @returns how many entities changed
 */
export async function resolveDomains(knex: Knex): Promise<number> {
  const rows: { id: number; domain: string | null }[] = await knex(
    'entities as part',
  )
    .leftJoin('entities as system', join =>
      join.on('system.ref', 'part.system_ref').andOnNull('system.gone_at'),
    )
    .whereNotNull('part.system_ref')
    .whereNull('part.gone_at')
    .whereRaw(
      "COALESCE(part.domain_ref, '') <> COALESCE(system.domain_ref, '')",
    )
    .select({ id: 'part.id', domain: 'system.domain_ref' });
  for (const chunk of chunksOf(rows, 500)) {
    await knex.transaction(async tx => {
      const revision = await raiseRevision(tx);
      for (const [domain, ids] of groupByDomain(chunk)) {
        await tx('entities')
          .where(isIn({ knex: tx, column: 'id', values: ids }))
          .update({ domain_ref: domain, revision });
      }
    });
  }
  return rows.length;
}

function groupByDomain(
  rows: readonly { id: number; domain: string | null }[],
): Map<string | null, number[]> {
  const groups = new Map<string | null, number[]>();
  for (const { id, domain } of rows) {
    const group = groups.get(domain) ?? [];
    group.push(id);
    groups.set(domain, group);
  }
  return groups;
}
