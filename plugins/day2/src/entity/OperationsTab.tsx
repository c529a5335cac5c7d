import { useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ServiceReport } from '@day2ops/backstage-plugin-day2-common';
import { Announcer } from '../components/Announcer';
import { Body, Panel } from '../components/frame';
import { Message } from '../components/Message';
import { StateBody } from '../components/StateBody';
import { healthShapes } from '../theme/healthShapes';
import { useServiceReport } from '../hooks/useServiceReport';
import { useText } from '../hooks/useText';
import { AreaPanel } from './AreaPanel';
import { HistoryPanel } from './HistoryPanel';
import { areasWorstFirst, AreaSummary } from './reportAreas';
import { mainEnvironment, TabAddress, useTabAddress } from './tabAddress';
import { TabSummary } from './TabSummary';
import { UnknownStrips } from './UnknownStrips';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: '216px minmax(0, 1fr)',
    gap: 24,
    alignItems: 'start',
    '@media (max-width: 960px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  main: { display: 'flex', flexDirection: 'column', gap: 20, minWidth: 0 },
});

/** What exactly is wrong with this service, what changed first, and where is it stuck? */
export function OperationsTab() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const live = useServiceReport(entityRef);
  return (
    <Body page>
      <StateBody live={live} page>
        {report => <TabBody report={report} />}
      </StateBody>
    </Body>
  );
}

function TabBody(props: { report: ServiceReport }) {
  const { report } = props;
  const classes = useStyles();
  const [address, setAddress] = useTabAddress();
  const areas = useMemo(() => areasWorstFirst(report), [report]);
  const open = address.open ?? worstOfEach(areas);
  const things = useMemo(() => itemsOf(areas), [areas]);
  const toggle = (id: string) =>
    setAddress({
      open: open.includes(id)
        ? open.filter(other => other !== id)
        : [...open, id],
    });
  return (
    <div className={classes.root}>
      <Announcer things={things} />
      <TabSummary
        report={report}
        areas={areas}
        address={address}
        onChange={setAddress}
      />
      <div className={classes.main}>
        <UnknownStrips report={report} />
        <HistoryPanel
          entityRef={report.entityRef}
          areas={areas.map(({ area }) => area)}
          days={address.days}
          onDays={days => setAddress({ days })}
        />
        {areas.map(area => (
          <AreaPanel
            key={area.area}
            entityRef={report.entityRef}
            area={area}
            items={area.items.filter(item => isShown(item, address))}
            open={open}
            onToggle={toggle}
          />
        ))}
        {areas.length === 0 && <NothingFound report={report} />}
      </div>
    </div>
  );
}

function NothingFound(props: { report: ServiceReport }) {
  const { report } = props;
  const t = useText();
  return (
    <Panel>
      <Message
        icon={healthShapes.unknown}
        title={report.message || t('state.noItems')}
      />
    </Panel>
  );
}

function worstOfEach(areas: readonly AreaSummary[]): string[] {
  return areas.flatMap(({ worst }) => (worst ? [worst.id] : []));
}

function itemsOf(areas: readonly AreaSummary[]) {
  return areas.flatMap(({ items }) =>
    items.map(({ id, kind, name, health }) => ({
      key: id,
      name: `${kind} ${name}`,
      health,
    })),
  );
}

function isShown(
  item: AreaSummary['items'][number],
  { healthy, others }: TabAddress,
): boolean {
  return (
    (healthy || item.health !== 'healthy') &&
    (others || item.environment === mainEnvironment)
  );
}
