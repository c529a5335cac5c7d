import { useRef } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { Health, ServiceReport } from '@day2ops/backstage-plugin-day2-common';
import { useWidth } from '../components/charts/useWidth';
import { AreaName } from '../components/AreaName';
import { Freshness } from '../components/Freshness';
import { HealthLabel, needsSomeone } from '../components/HealthLabel';
import { NextStep, Reason } from '../components/Reason';
import { RichText } from '../components/RichText';
import { Time } from '../components/Time';
import { useLinks } from '../hooks/useLinks';
import { useText } from '../hooks/useText';
import { healthPalette, tokens } from '../theme/healthPalette';
import { useTimeText } from '../time/useTimeText';
import { imageName } from './imageName';
import { AreaSummary, areasWorstFirst } from './reportAreas';

/** Narrower than this, the reason stands below label and ages. */
const stackedBelow = 600;

const useStyles = makeStyles(theme => {
  const { line, muted, row, hover } = tokens(theme);
  const palette = healthPalette(theme);
  const grid = {
    display: 'grid',
    gridTemplateColumns: '188px minmax(0, 1fr) 126px',
    gap: 12,
    padding: '0 var(--day2-gutter, 16px)',
  };
  const lead = (health: Health) => ({ backgroundColor: palette[health].tint });
  return {
    lead: {
      padding: '12px var(--day2-gutter, 16px)',
      borderBottom: `1px solid ${line}`,
    },
    critical: lead('critical'),
    degraded: lead('degraded'),
    warning: lead('warning'),
    head: {
      ...grid,
      fontSize: 12,
      color: muted,
      paddingTop: 8,
      paddingBottom: 2,
    },
    right: { textAlign: 'right' },
    line: {
      ...grid,
      paddingTop: 10,
      paddingBottom: 10,
      borderBottom: `1px solid ${line}`,
      alignItems: 'start',
      '&:nth-child(odd)': { backgroundColor: row },
      '&:last-child': { borderBottom: 0 },
      '&:hover': { backgroundColor: hover },
    },
    what: { minWidth: 0 },
    area: { color: 'inherit', lineHeight: '22px' },
    since: {
      fontSize: 13,
      paddingTop: 2,
      textAlign: 'right',
    },
    stacked: {
      gridTemplateColumns: 'auto 1fr',
      gap: '4px 10px',
      '& $what': { order: 3, gridColumn: '1 / -1' },
      '& $since': {
        order: 2,
        '& p': { display: 'inline', marginLeft: 8 },
      },
    },
  };
});

/** Lead sentence, and one line an area, worst first. */
export function OperationsSummary(props: { report: ServiceReport }) {
  const { report } = props;
  const classes = useStyles();
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const stacked = useWidth(box, stackedBelow) < stackedBelow;
  const areas = areasWorstFirst(report);
  return (
    <div ref={box}>
      <Lead areas={areas} />
      {areas.length > 0 && !stacked && (
        <div className={classes.head} aria-hidden>
          <span>{t('card.health')}</span>
          <span>{t('card.areaAndWhy')}</span>
          <span className={classes.right}>{t('card.since')}</span>
        </div>
      )}
      {areas.length > 0 ? (
        <ul>
          {areas.map(area => (
            <AreaLine
              key={area.area}
              area={area}
              entityRef={report.entityRef}
              stacked={stacked}
            />
          ))}
        </ul>
      ) : (
        <Nothing report={report} stacked={stacked} />
      )}
    </div>
  );
}

function Lead(props: { areas: readonly AreaSummary[] }) {
  const { areas } = props;
  const classes = useStyles();
  const t = useText();
  const need = areas.filter(({ health }) => needsSomeone(health));
  const worst = need[0]?.health;
  if (worst !== 'critical' && worst !== 'degraded' && worst !== 'warning') {
    return null;
  }
  return (
    <p className={`${classes.lead} ${classes[worst]}`}>
      <RichText>
        {areas.length === 1
          ? t('card.leadSingle')
          : t('card.lead', { count: need.length, total: `${areas.length}` })}
      </RichText>{' '}
      <AfterDeploy areas={need} />
    </p>
  );
}

const hourMs = 3_600_000;

/** What changed shortly before: "after", never "because of". */
function AfterDeploy(props: { areas: readonly AreaSummary[] }) {
  const t = useText();
  const time = useTimeText();
  const [first] = props.areas;
  const change = first.worst?.evidence.change;
  if (!first.worst || !change || !first.since) {
    return null;
  }
  const at = Date.parse(change.at);
  const delay = Date.parse(first.since) - at;
  if (delay < 0 || delay > hourMs) {
    return null;
  }
  return (
    <RichText>
      {t('card.afterDeploy', {
        delay: time.duration(delay),
        change: imageName(change.to),
        environment: first.worst.environment,
        ago: time.ago(at),
      })}
    </RichText>
  );
}

function AreaLine(props: {
  area: AreaSummary;
  entityRef: string;
  stacked: boolean;
}) {
  const { area, entityRef, stacked } = props;
  const classes = useStyles();
  const links = useLinks();
  const { worst } = area;
  return (
    <li className={`${classes.line} ${stacked ? classes.stacked : ''}`}>
      <span>
        <HealthLabel {...area} />
      </span>
      <div className={classes.what}>
        <Link
          className={classes.area}
          to={links.operations(entityRef, { area: area.area })}
        >
          <AreaName area={area.area} />
        </Link>
        {worst && (
          <>
            <Reason verdict={worst} />
            <NextStep
              verdict={worst}
              links={{ clusters: links.clusters?.(worst.cluster) }}
            />
          </>
        )}
      </div>
      <div className={classes.since}>
        {area.since && (
          <p>
            <Time at={area.since} source={worst?.sinceSource} />
          </p>
        )}
        {worst && (
          <p>
            <Freshness
              as="data"
              at={worst.observedAt}
              stale={area.health === 'unknown'}
            />
          </p>
        )}
      </div>
    </li>
  );
}

/** A service that should run and was not found, or of which nothing is known yet. */
function Nothing(props: { report: ServiceReport; stacked: boolean }) {
  const { report, stacked } = props;
  const classes = useStyles();
  const links = useLinks();
  return (
    <div className={`${classes.line} ${stacked ? classes.stacked : ''}`}>
      <span>
        <HealthLabel {...report} />
      </span>
      <div className={classes.what}>
        <Reason verdict={report} />
        <NextStep verdict={report} links={{ clusters: links.clusters?.() }} />
      </div>
    </div>
  );
}

/** Which clusters of this service cannot be seen now. */
export function SilentNote(props: { report: ServiceReport }) {
  const t = useText();
  const time = useTimeText();
  const silent = props.report.freshness.filter(
    ({ state }) => state !== 'connected',
  );
  if (silent.length === 0) {
    return null;
  }
  return (
    <>
      {silent.map(({ cluster, lastContactAt }) => (
        <p key={cluster}>
          <RichText>
            {lastContactAt
              ? t('card.silent', {
                  cluster,
                  clock: time.clock(Date.parse(lastContactAt)),
                })
              : t('card.silentNever', { cluster })}
          </RichText>
        </p>
      ))}
    </>
  );
}
