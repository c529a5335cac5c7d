import { useId, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import {
  Area,
  areas as areaOrder,
  Health,
  ServiceTimeline,
  worstHealth,
} from '@day2ops/backstage-plugin-day2-common';
import { ActionButton } from '../components/ActionButton';
import { AreaName } from '../components/AreaName';
import { countTroubles } from '../components/charts/laneModel';
import { laneHeight, Lanes } from '../components/charts/Lanes';
import { Panel } from '../components/frame';
import { needsSomeone } from '../components/HealthLabel';
import { PanelHeader } from '../components/PanelHeader';
import { RichText } from '../components/RichText';
import { StateBody } from '../components/StateBody';
import { Text, useText } from '../hooks/useText';
import { useTimeline } from '../hooks/useTimeline';
import { tokens } from '../theme/healthPalette';
import { useTimeText } from '../time/useTimeText';
import { HistoryTable } from './HistoryTable';
import { imageName } from './imageName';
import { LaneLegend } from './LaneLegend';
import { RangeSwitch } from './RangeSwitch';
import { HistoryDays } from './tabAddress';

const threeHoursMs = 3 * 3_600_000;
const narrow = '@media (max-width: 700px)';

const useStyles = makeStyles(theme => ({
  body: {
    display: 'grid',
    gridTemplateColumns: '118px minmax(0, 3fr) minmax(0, 2fr)',
    gap: 16,
    padding: '10px 16px 6px',
    [narrow]: { gridTemplateColumns: '104px minmax(0, 1fr)' },
  },
  caption: {
    fontSize: 12,
    color: tokens(theme).muted,
    height: 22,
    lineHeight: '18px',
    whiteSpace: 'nowrap',
  },
  ends: { display: 'flex', justifyContent: 'space-between', gap: 8 },
  deployed: { [narrow]: { display: 'none' } },
  names: { paddingTop: 6 },
  name: { display: 'flex', alignItems: 'center', height: laneHeight },
  whole: { minWidth: 0, [narrow]: { display: 'none' } },
  recent: {
    minWidth: 0,
    borderLeft: `1px solid ${tokens(theme).lineStrong}`,
    paddingLeft: 14,
    [narrow]: { border: 0, padding: 0 },
  },
  footer: {
    borderTop: `1px solid ${tokens(theme).line}`,
    padding: '5px 16px',
    fontSize: 12,
    color: tokens(theme).muted,
    display: 'flex',
    gap: 14,
    flexWrap: 'wrap',
    alignItems: 'center',
  },
  end: { marginLeft: 'auto' },
}));

const rangeKeys = {
  1: 'tab.hours24',
  7: 'tab.days7',
  30: 'tab.days30',
} as const;

/** What changed first? The whole range and the last three hours, since 36 minutes are two pixels in a week. */
export function HistoryPanel(props: {
  entityRef: string;
  areas: readonly Area[];
  days: HistoryDays;
  onDays: (days: HistoryDays) => void;
}) {
  const { entityRef, areas, days, onDays } = props;
  const live = useTimeline(entityRef, days * 24);
  const t = useText();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  return (
    <Panel labelledBy={id}>
      <PanelHeader
        id={id}
        title={t('tab.history')}
        hint={t('tab.whatChanged')}
        end={<RangeSwitch days={days} onDays={onDays} />}
      />
      <StateBody live={live}>
        {timeline => (
          <>
            {asTable ? (
              <HistoryTable timeline={timeline} />
            ) : (
              <History timeline={timeline} areas={areas} days={days} />
            )}
            <Footer asTable={asTable} onTable={setAsTable} />
          </>
        )}
      </StateBody>
    </Panel>
  );
}

function Footer(props: {
  asTable: boolean;
  onTable: (asTable: boolean) => void;
}) {
  const { asTable, onTable } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div className={classes.footer}>
      {!asTable && <LaneLegend />}
      <span className={classes.end}>
        <ActionButton bare onClick={() => onTable(!asTable)}>
          {t(asTable ? 'tab.showLanes' : 'tab.showTable')}
        </ActionButton>
      </span>
    </div>
  );
}

function History(props: {
  timeline: ServiceTimeline;
  areas: readonly Area[];
  days: HistoryDays;
}) {
  const { timeline, areas, days } = props;
  const classes = useStyles();
  const t = useText();
  const time = useTimeText();
  const lanes = lanesOf(timeline, areas);
  const from = Date.parse(timeline.from);
  const to = Date.parse(timeline.to);
  const recent = to - threeHoursMs;
  const label = (start: number) =>
    t('tab.lanesLabel', {
      from: time.clock(start),
      to: time.clock(to),
      summary: lanesSummary({ t, lanes, from: start }),
    });
  const panel = { lanes, deploys: timeline.deploys, to };
  return (
    <div className={classes.body}>
      <div>
        <p className={classes.caption} />
        <div className={classes.names}>
          {lanes.map(({ area }) => (
            <span key={area} className={classes.name}>
              <AreaName area={area} />
            </span>
          ))}
        </div>
      </div>
      <div className={classes.whole}>
        <p className={classes.caption}>{t(rangeKeys[days])}</p>
        <Lanes
          {...panel}
          from={from}
          unit={days === 1 ? 'hour' : 'day'}
          label={label(from)}
        />
      </div>
      <div className={classes.recent}>
        <p className={`${classes.caption} ${classes.ends}`}>
          <b>{t('tab.last3')}</b>
          <LastDeploy deploys={timeline.deploys} from={recent} />
        </p>
        <Lanes {...panel} from={recent} unit="hour" label={label(recent)} />
      </div>
    </div>
  );
}

/** The newest deploy, when it is recent. */
function LastDeploy(props: {
  deploys: ServiceTimeline['deploys'];
  from: number;
}) {
  const classes = useStyles();
  const t = useText();
  const time = useTimeText();
  const newest = [...props.deploys]
    .map(deploy => ({ ...deploy, moment: Date.parse(deploy.at) }))
    .sort((a, b) => b.moment - a.moment)
    .find(({ moment }) => moment >= props.from);
  return newest ? (
    <span className={classes.deployed}>
      <RichText plain>
        {t('tab.deployed', {
          change: imageName(newest.to),
          clock: time.clock(newest.moment),
        })}
      </RichText>
    </span>
  ) : null;
}

type Lane = ServiceTimeline['lanes'][number];

/** One lane for every area that applies, in the order of pages, even without history yet. */
function lanesOf(timeline: ServiceTimeline, areas: readonly Area[]): Lane[] {
  return areaOrder
    .map(
      area =>
        timeline.lanes.find(lane => lane.area === area) ?? { area, spans: [] },
    )
    .filter(({ area, spans }) => spans.length > 0 || areas.includes(area));
}

function lanesSummary(options: {
  t: Text;
  lanes: readonly Lane[];
  from: number;
}): string {
  const { t, lanes, from } = options;
  const sentences = lanes.flatMap(({ area, spans }) => {
    const within = spans.filter(span => Date.parse(span.to) > from);
    const worst: Health | undefined = worstHealth(
      within.map(span => span.health).filter(needsSomeone),
    );
    return worst
      ? [
          t('tab.lanesBad', {
            area: t(`area.name.${area}`),
            count: countTroubles(within, needsSomeone),
            health: t(`health.lower.${worst}`),
          }),
        ]
      : [];
  });
  return sentences.length > 0 ? sentences.join(' ') : t('tab.lanesNothing');
}
