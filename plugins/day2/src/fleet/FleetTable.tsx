import { useMemo, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import {
  healths,
  ServiceList,
  ServiceSummary,
} from '@day2ops/backstage-plugin-day2-common';
import { ActionButton } from '../components/ActionButton';
import { HatchDot } from '../components/Freshness';
import { Panel } from '../components/frame';
import { ListTable } from '../components/ListTable';
import { useLinks } from '../hooks/useLinks';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { FilterBar, FilterBarProps } from './FilterBar';
import { ServiceSort } from './fleetAddress';
import { sumCounts } from './FleetSummary';
import { NoServices } from './NoServices';
import { Pager } from './Pager';
import { serviceColumns } from './serviceColumns';
import { useSteadyRows } from './useSteadyRows';

const useStyles = makeStyles(theme => ({
  footer: {
    borderTop: `1px solid ${tokens(theme).line}`,
    padding: '9px 16px',
    fontSize: 13,
    display: 'flex',
    gap: 16,
    flexWrap: 'wrap',
    alignItems: 'center',
    color: tokens(theme).muted,
  },
  again: { padding: '8px 16px' },
}));

const keyOf = (service: ServiceSummary) => service.entityRef;
const textOf = ({ health, reason, since }: ServiceSummary) =>
  JSON.stringify([health, reason, since]);

/** The filters and what they leave, worst first. */
export function FleetTable(props: { list: ServiceList; bar: FilterBarProps }) {
  const { list, bar } = props;
  const { address, onChange } = bar;
  const classes = useStyles();
  const t = useText();
  const links = useLinks();
  const columns = useMemo(() => serviceColumns({ t, links }), [t, links]);
  const [held, setHeld] = useState(false);
  const { rows, moved, changed, sortAgain } = useSteadyRows({
    next: list.items,
    page: JSON.stringify([address, bar.environment, bar.mine]),
    held,
    keyOf,
    textOf,
  });
  return (
    <Panel label={t('fleet.table')}>
      <FilterBar {...bar} />
      {moved > 0 && (
        <div className={classes.again} role="status">
          <ActionButton onClick={sortAgain}>
            {t('fleet.changed', { count: moved })}
          </ActionButton>
        </div>
      )}
      {rows.length === 0 ? (
        <NoServices list={list} bar={bar} />
      ) : (
        <ListTable
          label={t('fleet.table')}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          changed={changed}
          sort={address.sort}
          sortLabel={column => t('fleet.sortBy', { column })}
          onSort={sort => onChange({ sort: sort as ServiceSort })}
          onHold={setHeld}
        />
      )}
      <FleetFooter className={classes.footer} list={list} bar={bar} />
    </Panel>
  );
}

function FleetFooter(props: {
  className: string;
  list: ServiceList;
  bar: FilterBarProps;
}) {
  const { className, list, bar } = props;
  const t = useText();
  const chosen = healths.reduce(
    (total, health) =>
      total + (bar.health.includes(health) ? list.counts[health] ?? 0 : 0),
    0,
  );
  const hidden = sumCounts(list.counts).total - chosen;
  const partly = list.items.some(each => each.silentClusters.length > 0);
  if (list.items.length === 0) {
    return null;
  }
  return (
    <div className={className}>
      {partly && (
        <span>
          <HatchDot /> {t('fleet.partlyLegend')}
        </span>
      )}
      {hidden > 0 && <span>{t('fleet.filteredOut', { count: hidden })}</span>}
      <Pager list={list} address={bar.address} onChange={bar.onChange} />
    </div>
  );
}
