import { makeStyles } from '@material-ui/core/styles';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  root: {
    margin: '8px 0',
    maxHeight: 360,
    overflow: 'auto',
    backgroundColor: tokens(theme).code,
    border: `1px solid ${tokens(theme).line}`,
    borderRadius: 4,
    padding: '8px 12px',
    font: '12px/1.5 "Roboto Mono", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace',
    '&:focus-visible': { outline: `2px solid ${tokens(theme).focus}` },
  },
}));

/** Text as it is, in its own scroll. */
export function CodeBlock(props: { label: string; children: string }) {
  const classes = useStyles();
  return (
    <pre
      className={classes.root}
      role="group"
      aria-label={props.label}
      // What scrolls must be reachable without a pointer.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {props.children}
    </pre>
  );
}
