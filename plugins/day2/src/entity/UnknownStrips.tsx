import { Link } from '@backstage/core-components';
import { ServiceReport } from '@day2ops/backstage-plugin-day2-common';
import { HatchStrip } from '../components/HatchStrip';
import { Panel } from '../components/frame';
import { RichText } from '../components/RichText';
import { useLinks } from '../hooks/useLinks';
import { useText } from '../hooks/useText';
import { useTimeText } from '../time/useTimeText';

/** What should be known of this service and is not, before what is. */
export function UnknownStrips(props: { report: ServiceReport }) {
  const { report } = props;
  const t = useText();
  const links = useLinks();
  const silent = report.freshness.filter(({ state }) => state !== 'connected');
  const clusters = new Set(silent.map(({ cluster }) => cluster));
  const others = report.unknown.filter(({ cluster }) => !clusters.has(cluster));
  const see = (cluster: string) =>
    links.clusters && (
      <Link to={links.clusters(cluster)}>{t('clusters.seeCluster')}</Link>
    );
  return (
    <>
      {silent.map(each => (
        <Panel key={each.cluster}>
          <HatchStrip action={see(each.cluster)}>
            <SilentText report={report} cluster={each} />
          </HatchStrip>
        </Panel>
      ))}
      {others.map(each => (
        <Panel key={`${each.cluster} ${each.source} ${each.kind} ${each.why}`}>
          <HatchStrip action={see(each.cluster)}>
            <p>
              <RichText plain>{each.message}</RichText>
            </p>
          </HatchStrip>
        </Panel>
      ))}
    </>
  );
}

function SilentText(props: {
  report: ServiceReport;
  cluster: ServiceReport['freshness'][number];
}) {
  const { report, cluster } = props;
  const t = useText();
  const time = useTimeText();
  const items = report.areas
    .flatMap(area => area.items)
    .filter(item => item.cluster === cluster.cluster);
  return (
    <p>
      <RichText>
        {cluster.lastContactAt
          ? t('state.partial.silent', {
              cluster: cluster.cluster,
              duration: time.since(Date.parse(cluster.lastContactAt)),
              count: items.length,
            })
          : t('state.partial.neverSynced', { cluster: cluster.cluster })}
      </RichText>
    </p>
  );
}
