import { useId } from 'react';
import IconButton from '@material-ui/core/IconButton';
import ChevronLeft from '@material-ui/icons/ChevronLeft';
import ChevronRight from '@material-ui/icons/ChevronRight';
import { makeStyles } from '@material-ui/core/styles';
import { ServiceList } from '@day2ops/backstage-plugin-day2-common';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { FleetAddress, pageSizes } from './fleetAddress';

const useStyles = makeStyles(theme => ({
  root: {
    marginLeft: 'auto',
    display: 'inline-flex',
    alignItems: 'center',
    gap: 16,
    flexWrap: 'wrap',
  },
  select: {
    font: 'inherit',
    fontWeight: 500,
    color: 'inherit',
    background: 'none',
    border: 0,
    marginLeft: 4,
    cursor: 'pointer',
    '& option': {
      color: theme.palette.text.primary,
      backgroundColor: theme.palette.background.paper,
    },
    '&:focus-visible': { outline: `2px solid ${tokens(theme).focus}` },
  },
}));

/** Previous and next page, by the server's cursors. */
export function Pager(props: {
  list: ServiceList;
  address: FleetAddress;
  onChange: (change: Partial<FleetAddress>) => void;
}) {
  const { list, address, onChange } = props;
  const { items, totalItems, nextCursor, previousCursor } = list;
  const classes = useStyles();
  const t = useText();
  const id = useId();
  const { at, limit } = address;
  if (items.length === 0) {
    return null;
  }
  return (
    <span className={classes.root}>
      <span>
        <label htmlFor={id}>{t('fleet.rows')}</label>
        <select
          id={id}
          className={classes.select}
          value={limit}
          onChange={event => onChange({ limit: Number(event.target.value) })}
        >
          {pageSizes.map(size => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
      </span>
      <span>
        {t('fleet.range', {
          from: `${at}`,
          to: `${at + items.length - 1}`,
          total: `${totalItems}`,
        })}
      </span>
      <span>
        <IconButton
          size="small"
          aria-label={t('fleet.previous')}
          disabled={at === 1 && !previousCursor}
          onClick={() =>
            onChange({
              cursor: previousCursor,
              at: previousCursor ? Math.max(1, at - limit) : 1,
            })
          }
        >
          <ChevronLeft />
        </IconButton>
        <IconButton
          size="small"
          aria-label={t('fleet.next')}
          disabled={!nextCursor}
          onClick={() =>
            onChange({ cursor: nextCursor, at: at + items.length })
          }
        >
          <ChevronRight />
        </IconButton>
      </span>
    </span>
  );
}
