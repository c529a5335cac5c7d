import { useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  healths,
  ServiceList,
  worstHealth,
} from '@day2ops/backstage-plugin-day2-common';
import { Announcer } from '../components/Announcer';
import { CardFrame } from '../components/frame';
import { Freshness } from '../components/Freshness';
import { HealthLabel } from '../components/HealthLabel';
import { ListTable } from '../components/ListTable';
import { RichText } from '../components/RichText';
import { isDenied, StateBody } from '../components/StateBody';
import { notHealthy } from '../fleet/fleetAddress';
import { sumCounts } from '../fleet/FleetSummary';
import { serviceColumns, serviceName } from '../fleet/serviceColumns';
import { useLinks } from '../hooks/useLinks';
import { useServices } from '../hooks/useServices';
import { useText } from '../hooks/useText';

const rows = 8;

/** Filter of the fleet that stands for an entity: what it is made of, or owns. */
export function rollupFilter(
  entity: Entity,
): { system: string } | { domain: string } | { owner: string } {
  const ref = stringifyEntityRef(entity);
  const kind = entity.kind.toLocaleLowerCase('en-US');
  if (kind === 'system') {
    return { system: ref };
  }
  return kind === 'domain' ? { domain: ref } : { owner: ref };
}

const useStyles = makeStyles({
  counts: { padding: '10px var(--day2-gutter, 16px)' },
});

/** Which of the services of a system, domain or group need someone? Absent where there are none. */
export function RollupCard(props: { frame: CardFrame }) {
  const { frame: Frame } = props;
  const { entity } = useEntity();
  const filter = rollupFilter(entity);
  const live = useServices({ ...filter, health: notHealthy, limit: rows });
  const t = useText();
  const links = useLinks();
  const list = live.value;
  const total = list ? sumCounts(list.counts).total : undefined;
  if (total === 0 || (!list && isDenied(live.error))) {
    return null;
  }
  const worst =
    list && worstHealth(healths.filter(health => list.counts[health] > 0));
  const fleetFilter = 'domain' in filter ? {} : filter;
  return (
    <Frame
      title={t('card.rollup')}
      label={worst && <HealthLabel health={worst} />}
      aside={
        list && <Freshness as="live" at={live.loadedAt} stale={!!live.error} />
      }
      footerEnd={
        links.fleet && (
          <Link
            to={links.fleet({ ...fleetFilter, environment: '*', health: '*' })}
          >
            {t('card.rollupAll')}
          </Link>
        )
      }
    >
      <StateBody live={live}>{value => <Rollup list={value} />}</StateBody>
    </Frame>
  );
}

function Rollup(props: { list: ServiceList }) {
  const { list } = props;
  const classes = useStyles();
  const t = useText();
  const links = useLinks();
  const columns = useMemo(() => serviceColumns({ t, links }), [t, links]);
  const things = useMemo(
    () =>
      list.items.map(service => ({
        key: service.entityRef,
        name: serviceName(service),
        health: service.health,
      })),
    [list.items],
  );
  const { need, cannot, total } = sumCounts(list.counts);
  const sentences: string[] = [
    need > 0 && t('fleet.need', { count: need, total: `${total}` }),
    cannot > 0 && t('fleet.cannot', { n: `${cannot}` }),
  ].flatMap(text => text || []);
  return (
    <>
      <Announcer things={things} />
      <p className={classes.counts}>
        <RichText>
          {sentences.join(' · ') || t('card.rollupNone', { count: total })}
        </RichText>
      </p>
      {list.items.length > 0 && (
        <ListTable
          label={t('card.rollup')}
          columns={columns}
          rows={list.items}
          rowKey={service => service.entityRef}
        />
      )}
    </>
  );
}
