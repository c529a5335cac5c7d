import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  areas as areaOrder,
  ServiceReport,
} from '@day2ops/backstage-plugin-day2-common';
import { AreaIcon } from '../components/AreaName';
import { Panel } from '../components/frame';
import { Freshness, HatchDot } from '../components/Freshness';
import { HealthIcon } from '../components/HealthIcon';
import { HealthLabel, healthText } from '../components/HealthLabel';
import { Time } from '../components/Time';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { AreaSummary } from './reportAreas';
import { mainEnvironment, TabAddress } from './tabAddress';

const narrow = '@media (max-width: 960px)';

const useStyles = makeStyles(theme => {
  const { muted, hover } = tokens(theme);
  return {
    root: {
      position: 'sticky',
      top: 24,
      minWidth: 0,
      [narrow]: { position: 'static' },
    },
    body: { padding: '14px 16px' },
    section: {
      fontSize: 12,
      fontWeight: 700,
      letterSpacing: 0.4,
      textTransform: 'uppercase',
      color: muted,
      '& + *': { marginTop: 4 },
    },
    later: { marginTop: 14 },
    since: { fontSize: 13, marginTop: 6 },
    anchors: {
      margin: '12px -8px 0',
      [narrow]: { display: 'flex', flexWrap: 'wrap' },
    },
    anchor: {
      display: 'flex',
      gap: 10,
      alignItems: 'center',
      padding: '7px 8px',
      borderRadius: 4,
      color: 'inherit',
      '&:hover': { backgroundColor: hover },
    },
    count: { marginLeft: 'auto', color: muted, fontSize: 12 },
    cluster: {
      display: 'flex',
      alignItems: 'center',
      gap: 8,
      padding: '4px 0',
    },
    age: { marginLeft: 'auto' },
    check: {
      display: 'flex',
      alignItems: 'flex-start',
      fontSize: 13,
      padding: '4px 0',
      cursor: 'pointer',
      '& > :first-child': { padding: '0 8px 0 0' },
    },
  };
});

/** Where everything is on this page, and how old it is. */
export function TabSummary(props: {
  report: ServiceReport;
  areas: readonly AreaSummary[];
  address: TabAddress;
  onChange: (change: Partial<TabAddress>) => void;
}) {
  const { report, areas } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <aside className={classes.root} aria-label={t('tab.areas')}>
      <Panel>
        <div className={classes.body}>
          <p className={classes.section}>
            {parseEntityRef(report.entityRef).name}
          </p>
          <p>
            <HealthLabel {...report} />
          </p>
          {report.since && (
            <p className={classes.since}>
              {t('tab.forDuration', {
                duration: <Time at={report.since} as="since" />,
              })}
            </p>
          )}
          <ul className={classes.anchors}>
            {inOrder(areas).map(area => (
              <li key={area.area}>
                <a className={classes.anchor} href={`#${area.area}`}>
                  <AreaIcon area={area.area} />
                  <span>{t(`area.name.${area.area}`)}</span>
                  <span className={classes.count}>{area.items.length}</span>
                  <HealthIcon
                    health={area.health}
                    label={healthText(t, area)}
                  />
                </a>
              </li>
            ))}
          </ul>
          <Clusters freshness={report.freshness} />
          <Shown {...props} />
        </div>
      </Panel>
    </aside>
  );
}

/** Places do not depend on data. */
function inOrder(areas: readonly AreaSummary[]): AreaSummary[] {
  return areaOrder.flatMap(area => areas.filter(each => each.area === area));
}

function Clusters(props: { freshness: ServiceReport['freshness'] }) {
  const classes = useStyles();
  const t = useText();
  if (props.freshness.length === 0) {
    return null;
  }
  return (
    <>
      <p className={`${classes.section} ${classes.later}`}>
        {t('tab.clusters')}
      </p>
      {props.freshness.map(({ cluster, state, lastContactAt }) => {
        const seen = state === 'connected';
        return (
          <p key={cluster} className={classes.cluster}>
            {seen ? <HealthIcon health="healthy" size={16} /> : <HatchDot />}
            <span>{cluster}</span>
            <span className={classes.age}>
              <Freshness as="age" at={lastContactAt} stale={!seen} />
            </span>
          </p>
        );
      })}
    </>
  );
}

function Shown(props: {
  areas: readonly AreaSummary[];
  address: TabAddress;
  onChange: (change: Partial<TabAddress>) => void;
}) {
  const { areas, address, onChange } = props;
  const classes = useStyles();
  const t = useText();
  const environments = new Set(
    areas.flatMap(({ items }) => items.map(item => item.environment)),
  );
  const canHide = environments.has(mainEnvironment) && environments.size > 1;
  return (
    <>
      <p className={`${classes.section} ${classes.later}`}>{t('tab.show')}</p>
      <label className={classes.check}>
        <Checkbox
          size="small"
          color="primary"
          checked={address.healthy}
          onChange={event => onChange({ healthy: event.target.checked })}
        />
        {t('tab.healthyItems')}
      </label>
      {canHide && (
        <label className={classes.check}>
          <Checkbox
            size="small"
            color="primary"
            checked={address.others}
            onChange={event => onChange({ others: event.target.checked })}
          />
          {t('tab.otherEnvironments', { environment: mainEnvironment })}
        </label>
      )}
    </>
  );
}
