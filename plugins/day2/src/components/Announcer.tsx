import { useEffect, useRef, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Health } from '@day2ops/backstage-plugin-day2-common';
import { useText } from '../hooks/useText';
import { visuallyHidden } from './visuallyHidden';

const useStyles = makeStyles({ root: visuallyHidden });

export interface Announced {
  key: string;
  name: string;
  health: Health;
}

/** Says once and politely what changed its health while the page is open. What is new or gone is no change. */
export function Announcer(props: { things: readonly Announced[] }) {
  const { things } = props;
  const classes = useStyles();
  const t = useText();
  const before = useRef<ReadonlyMap<string, Health>>();
  const [words, setWords] = useState('');
  useEffect(() => {
    const known = before.current;
    before.current = new Map(things.map(({ key, health }) => [key, health]));
    const changed = things.filter(({ key, health }) => {
      const was = known?.get(key);
      return was !== undefined && was !== health;
    });
    if (changed.length > 0) {
      setWords(
        changed
          .map(({ name, health }) =>
            t('announce.health', { name, health: t(`health.name.${health}`) }),
          )
          .join('. '),
      );
    }
  }, [things, t]);
  return (
    <div className={classes.root} aria-live="polite" role="status">
      {words}
    </div>
  );
}
