import { Link } from '@backstage/core-components';
import { Cluster, ServiceList } from '@day2ops/backstage-plugin-day2-common';
import { Panel } from '../components/frame';
import { HatchStrip } from '../components/HatchStrip';
import { RichText } from '../components/RichText';
import { useLinks } from '../hooks/useLinks';
import { useText } from '../hooks/useText';
import { useTimeText } from '../time/useTimeText';

/** Which clusters cannot be seen now, before anything else is read. */
export function SilentClusters(props: {
  clusters: readonly Cluster[];
  facets: ServiceList['facets'];
  total: number;
}) {
  const { clusters, facets, total } = props;
  const silent = clusters.filter(
    ({ state }) =>
      state === 'silent' ||
      state === 'unauthenticated' ||
      state === 'neverSynced',
  );
  const count = (name: string) =>
    facets?.cluster.find(({ value }) => value === name)?.count ?? 0;
  return (
    <>
      {silent.map(cluster => (
        <SilentCluster
          key={cluster.name}
          cluster={cluster}
          services={count(cluster.name)}
          total={total}
        />
      ))}
    </>
  );
}

function SilentCluster(props: {
  cluster: Cluster;
  services: number;
  total: number;
}) {
  const { cluster, services, total } = props;
  const t = useText();
  const time = useTimeText();
  const links = useLinks();
  const lastContact = cluster.lastContactAt
    ? Date.parse(cluster.lastContactAt)
    : undefined;
  const title =
    lastContact === undefined
      ? t('fleet.bannerNever', { cluster: cluster.name })
      : t('fleet.bannerSilent', {
          cluster: cluster.name,
          duration: time.since(lastContact),
          clock: time.clock(lastContact),
        });
  return (
    <Panel>
      <HatchStrip
        action={
          links.clusters && (
            <Link to={links.clusters(cluster.name)}>
              {t('fleet.bannerLink', { cluster: cluster.name })}
            </Link>
          )
        }
      >
        <p role="status">
          <RichText>{title}</RichText>{' '}
          {services > 0 &&
            t('fleet.bannerServices', { count: services, total: `${total}` })}
        </p>
      </HatchStrip>
    </Panel>
  );
}
