import { useId } from 'react';
import ExpandMore from '@material-ui/icons/ExpandMore';
import { makeStyles } from '@material-ui/core/styles';
import { Item } from '@day2ops/backstage-plugin-day2-common';
import { Freshness } from '../components/Freshness';
import { HealthLabel } from '../components/HealthLabel';
import { Reason } from '../components/Reason';
import { Time } from '../components/Time';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { Evidence } from './evidence/Evidence';
import { ItemMarks } from './ItemMarks';
import { LastKnownText } from './LastKnownText';

const narrow = '@media (max-width: 700px)';

const useStyles = makeStyles(theme => {
  const { line, hover, muted, focus } = tokens(theme);
  return {
    root: {
      borderBottom: `1px solid ${line}`,
      '&:last-child': { borderBottom: 0 },
    },
    row: {
      display: 'grid',
      gridTemplateColumns: '28px 158px minmax(0, 1fr) 96px',
      gap: '0 8px',
      padding: '9px 16px 9px 10px',
      alignItems: 'start',
      [narrow]: { gridTemplateColumns: '28px minmax(0, 1fr) auto' },
    },
    closed: { '&:hover': { backgroundColor: hover } },
    expand: {
      width: 26,
      height: 26,
      padding: 0,
      border: 0,
      borderRadius: '50%',
      background: 'none',
      color: muted,
      cursor: 'pointer',
      display: 'inline-flex',
      alignItems: 'center',
      justifyContent: 'center',
      '&:hover': { backgroundColor: hover },
      '&[aria-expanded=false] svg': { transform: 'rotate(-90deg)' },
      '&:focus-visible': { outline: `2px solid ${focus}`, outlineOffset: 2 },
      '@media (pointer: coarse)': { width: 44, height: 44, margin: -9 },
    },
    what: {
      minWidth: 0,
      paddingTop: 1,
      [narrow]: { gridColumn: '1 / -1', order: 4, paddingLeft: 6 },
    },
    name: {
      overflowWrap: 'anywhere',
      '& b': { fontWeight: 600 },
      '& span': { fontSize: 13 },
    },
    muted: { color: muted },
    ages: {
      fontSize: 13,
      display: 'flex',
      flexDirection: 'column',
      textAlign: 'right',
      alignItems: 'flex-end',
      paddingTop: 2,
    },
  };
});

/** One judged thing; its evidence opens beneath. */
export function ItemRow(props: {
  entityRef: string;
  item: Item;
  open: boolean;
  onToggle: () => void;
}) {
  const { entityRef, item, open, onToggle } = props;
  const classes = useStyles();
  const t = useText();
  const id = useId();
  const place = [item.environment, item.namespace].filter(Boolean).join(' / ');
  return (
    <li className={classes.root}>
      <div className={`${classes.row} ${open ? '' : classes.closed}`}>
        <button
          type="button"
          className={classes.expand}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-label={t('evidence.show', {
            kind: item.kind,
            name: item.name,
            place,
          })}
          onClick={onToggle}
        >
          <ExpandMore />
        </button>
        <div>
          <HealthLabel {...item} />
        </div>
        <div className={classes.what}>
          <p className={classes.name}>
            <span className={classes.muted}>{item.kind}</span>{' '}
            <b>{item.name}</b> <span className={classes.muted}>{place}</span>{' '}
            <ItemMarks entityRef={entityRef} item={item} />
          </p>
          <Reason verdict={item} />
          <LastKnownText item={item} />
        </div>
        <div className={classes.ages}>
          {item.since && <Time at={item.since} source={item.sinceSource} />}
          <Freshness
            as="age"
            at={item.observedAt}
            stale={item.health === 'unknown'}
          />
        </div>
      </div>
      {open && (
        <div id={id}>
          <Evidence entityRef={entityRef} item={item} />
        </div>
      )}
    </li>
  );
}
