import { useId } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Item } from '@day2ops/backstage-plugin-day2-common';
import { AreaIcon } from '../components/AreaName';
import { Panel } from '../components/frame';
import { HealthLabel, needsSomeone } from '../components/HealthLabel';
import { PanelHeader } from '../components/PanelHeader';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { AreaAge } from './AreaAge';
import { ItemRow } from './ItemRow';
import { AreaSummary } from './reportAreas';

const useStyles = makeStyles(theme => ({
  hidden: { padding: '10px 16px', color: tokens(theme).muted, fontSize: 13 },
}));

/** One area of a service with all its items, worst first. */
export function AreaPanel(props: {
  entityRef: string;
  area: AreaSummary;
  items: readonly Item[];
  open: readonly string[];
  onToggle: (id: string) => void;
}) {
  const { entityRef, area, items, open, onToggle } = props;
  const classes = useStyles();
  const t = useText();
  const id = useId();
  const hidden = area.items.length - items.length;
  const need = area.items.filter(item => needsSomeone(item.health)).length;
  const count = t('area.items', { count: area.items.length });
  return (
    <Panel id={area.area} labelledBy={id}>
      <PanelHeader
        id={id}
        icon={<AreaIcon area={area.area} size={22} />}
        title={t(`area.name.${area.area}`)}
        label={<HealthLabel {...area} />}
        hint={
          need > 0 ? t('area.itemsNeed', { count: need, items: count }) : count
        }
        end={<AreaAge items={area.items} />}
      />
      <ul>
        {items.map(item => (
          <ItemRow
            key={item.id}
            entityRef={entityRef}
            item={item}
            open={open.includes(item.id)}
            onToggle={() => onToggle(item.id)}
          />
        ))}
      </ul>
      {hidden > 0 && (
        <p className={classes.hidden}>{t('tab.hidden', { count: hidden })}</p>
      )}
    </Panel>
  );
}
