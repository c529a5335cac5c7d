import { useId } from 'react';
import DnsOutlined from '@material-ui/icons/DnsOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { Cluster } from '@day2ops/backstage-plugin-day2-common';
import { CodeBlock } from '../components/CodeBlock';
import { CopyButton } from '../components/CopyButton';
import { Panel } from '../components/frame';
import { Freshness } from '../components/Freshness';
import { HatchStrip } from '../components/HatchStrip';
import { HealthLabel } from '../components/HealthLabel';
import { PanelHeader } from '../components/PanelHeader';
import { RichText } from '../components/RichText';
import { useLinks } from '../hooks/useLinks';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { clusterHealth } from './clusterHealth';
import { ClusterKinds } from './ClusterKinds';
import { ClusterNodes } from './ClusterNodes';
import { ClusterTrouble } from './ClusterTrouble';

const narrow = '@media (max-width: 860px)';

const useStyles = makeStyles(theme => {
  const { line, muted } = tokens(theme);
  return {
    icon: { color: muted },
    two: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) 360px',
      [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    },
    main: { padding: '14px 16px' },
    facts: {
      display: 'grid',
      gridTemplateColumns: '1fr 1fr',
      gap: '8px 16px',
      padding: '14px 16px',
      borderLeft: `1px solid ${line}`,
      alignContent: 'start',
      '& dt': { fontSize: 12, color: muted },
      '& dd': { fontWeight: 600 },
      [narrow]: { borderLeft: 0, borderTop: `1px solid ${line}` },
    },
    strip: { borderTop: `1px solid ${line}` },
    muted: { color: muted, fontSize: 13 },
  };
});

/** One cluster: what it is, how fresh, and what is missing to see more of it. */
export function ClusterPanel(props: { cluster: Cluster }) {
  const { cluster } = props;
  const classes = useStyles();
  const id = useId();
  const connected = cluster.state === 'connected';
  return (
    <Panel id={cluster.name} labelledBy={id}>
      <PanelHeader
        id={id}
        icon={<DnsOutlined className={classes.icon} />}
        title={cluster.title ?? cluster.name}
        label={<HealthLabel {...clusterHealth(cluster)} />}
        hint={
          cluster.environment === cluster.name ? undefined : cluster.environment
        }
        end={
          <Freshness as="live" at={cluster.lastContactAt} stale={!connected} />
        }
      />
      <div className={classes.two}>
        <div className={classes.main}>
          {connected ? (
            <ClusterNodes nodes={cluster.nodes} />
          ) : (
            <ClusterTrouble cluster={cluster} />
          )}
        </div>
        {cluster.uid && <Facts cluster={cluster} />}
      </div>
      <Warnings cluster={cluster} />
      <MissingRules cluster={cluster} />
      {cluster.kinds.length > 0 && <ClusterKinds cluster={cluster} />}
    </Panel>
  );
}

function Facts(props: { cluster: Cluster }) {
  const { cluster } = props;
  const classes = useStyles();
  const t = useText();
  const links = useLinks();
  const connected = cluster.state === 'connected';
  const version = cluster.version ?? t('clusters.notRead');
  const synced = cluster.kinds.filter(({ state }) => state === 'synced').length;
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('clusters.apiServer')}</dt>
        <dd>
          {t(connected ? 'clusters.ready' : 'clusters.lastKnown', { version })}
        </dd>
      </div>
      <div>
        <dt>{t('clusters.servicesTouched')}</dt>
        <dd>
          {links.fleet ? (
            <Link
              to={links.fleet({
                cluster: cluster.name,
                health: '*',
                environment: '*',
              })}
            >
              {cluster.services}
            </Link>
          ) : (
            cluster.services
          )}
        </dd>
      </div>
      <div>
        <dt>{t(connected ? 'clusters.items' : 'clusters.itemsLastKnown')}</dt>
        <dd>{cluster.items}</dd>
      </div>
      <div>
        <dt>{t('clusters.watches')}</dt>
        <dd>
          {t('clusters.watchesOf', {
            n: `${synced}`,
            total: `${cluster.kinds.length}`,
          })}
        </dd>
      </div>
      <div>
        <dt>{t('clusters.unowned')}</dt>
        <dd title={t('clusters.unownedHint')}>{cluster.unowned}</dd>
      </div>
    </dl>
  );
}

function Warnings(props: { cluster: Cluster }) {
  const { warnings } = props.cluster;
  const classes = useStyles();
  const t = useText();
  if (warnings.length === 0) {
    return null;
  }
  return (
    <div className={`${classes.main} ${classes.strip}`}>
      <HealthLabel health="warning" /> {t('clusters.warnings')}
      <ul>
        {warnings.map(({ reason, message }) => (
          <li key={`${reason} ${message}`}>
            <RichText plain>{message}</RichText>
          </li>
        ))}
      </ul>
    </div>
  );
}

function MissingRules(props: { cluster: Cluster }) {
  const { missingRules, kinds } = props.cluster;
  const classes = useStyles();
  const t = useText();
  if (!missingRules) {
    return null;
  }
  const forbidden = kinds
    .filter(({ state }) => state === 'forbidden')
    .map(({ kind }) => `\`${kind}\``);
  return (
    <div className={classes.strip}>
      <HatchStrip>
        <p>
          <RichText>
            {t('clusters.mayNotRead', { kinds: forbidden.join(', ') })}
          </RichText>
        </p>
        <CodeBlock label={t('clusters.rule')}>{missingRules}</CodeBlock>
        <CopyButton text={missingRules} copied={t('evidence.copied')}>
          {t('evidence.copyRule')}
        </CopyButton>
        <p className={classes.muted}>{t('clusters.addRule')}</p>
      </HatchStrip>
    </div>
  );
}
