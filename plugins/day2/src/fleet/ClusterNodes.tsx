import { makeStyles } from '@material-ui/core/styles';
import { Item } from '@day2ops/backstage-plugin-day2-common';
import { HealthIcon } from '../components/HealthIcon';
import { healthText, needsSomeone } from '../components/HealthLabel';
import { Reason } from '../components/Reason';
import { Time } from '../components/Time';
import { useText } from '../hooks/useText';
import { healthPalette, tokens } from '../theme/healthPalette';
import { worstFirst } from '../entity/reportAreas';

const shownNodes = 60;

const useStyles = makeStyles(theme => {
  const { muted, lineStrong } = tokens(theme);
  const palette = healthPalette(theme);
  return {
    section: {
      fontSize: 12,
      fontWeight: 700,
      letterSpacing: 0.4,
      textTransform: 'uppercase',
      color: muted,
    },
    nodes: { display: 'flex', gap: 8, flexWrap: 'wrap', margin: '6px 0 8px' },
    node: {
      display: 'inline-flex',
      gap: 6,
      alignItems: 'center',
      border: `1px solid ${lineStrong}`,
      borderRadius: 4,
      padding: '4px 9px 4px 6px',
      fontSize: 13,
    },
    critical: {
      backgroundColor: palette.critical.tint,
      borderColor: palette.critical.color,
    },
    degraded: {
      backgroundColor: palette.degraded.tint,
      borderColor: palette.degraded.color,
    },
    warning: {
      backgroundColor: palette.warning.tint,
      borderColor: palette.warning.color,
    },
    reason: {
      fontSize: 13,
      display: 'flex',
      gap: 8,
      alignItems: 'baseline',
      justifyContent: 'space-between',
    },
  };
});

/** The nodes, and what is not right about some of them. */
export function ClusterNodes(props: { nodes: readonly Item[] }) {
  const classes = useStyles();
  const t = useText();
  const nodes = [...props.nodes].sort((a, b) => a.name.localeCompare(b.name));
  const odd = props.nodes
    .filter(({ health }) => health !== 'healthy')
    .sort(worstFirst);
  const look = ({ health }: Item) =>
    health === 'critical' || health === 'degraded' || health === 'warning'
      ? classes[health]
      : '';
  const shown = nodes.length > shownNodes ? odd.slice(0, shownNodes) : nodes;
  return (
    <>
      <p className={classes.section}>{t('clusters.nodes')}</p>
      {nodes.length === 0 && <p>{t('clusters.noNodes')}</p>}
      <ul className={classes.nodes}>
        {shown.map(node => (
          <li key={node.id} className={`${classes.node} ${look(node)}`}>
            <HealthIcon
              health={node.health}
              size={16}
              label={healthText(t, node)}
            />
            {node.name}
          </li>
        ))}
        {shown.length < nodes.length && (
          <li className={classes.node}>
            {t('card.more', { count: nodes.length - shown.length })}
          </li>
        )}
      </ul>
      {odd.map(node => (
        <div key={node.id} className={classes.reason}>
          <span>
            <b>{node.name}</b>
            <Reason verdict={node} />
          </span>
          {node.since && needsSomeone(node.health) && (
            <Time at={node.since} source={node.sinceSource} />
          )}
        </div>
      ))}
    </>
  );
}
