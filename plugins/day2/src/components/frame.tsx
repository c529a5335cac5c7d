import {
  ComponentType,
  createContext,
  PropsWithChildren,
  ReactNode,
  useContext,
} from 'react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { NowProvider } from '../time/NowContext';
import { tokens } from '../theme/healthPalette';

/** What an entity card gives its frame: bodies fill the slots, frames place them. */
export interface CardFrameProps {
  title: string;
  icon?: ReactNode;
  /** Beside the title. */
  label?: ReactNode;
  /** At the other end of the title line. */
  aside?: ReactNode;
  footerStart?: ReactNode;
  footerEnd?: ReactNode;
  children: ReactNode;
}

export type CardFrame = ComponentType<CardFrameProps>;

/** Which of the two frontend systems draws the page around us. */
export type FrameLook = 'new' | 'legacy';

const LookContext = createContext<FrameLook>('new');

const useStyles = makeStyles(theme => ({
  body: {
    fontFamily: 'inherit',
    fontSize: 14,
    lineHeight: 1.45,
    // Weaker than any class, whatever the order of the sheets.
    ':where(&) :where(p, ul, ol, dl, dd, h3, figure)': {
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
    '& a:focus-visible': {
      outline: `2px solid ${tokens(theme).focus}`,
      outlineOffset: 2,
      borderRadius: 3,
    },
  },
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: 16,
    fontFamily: theme.typography.fontFamily,
    color: theme.palette.text.primary,
  },
  pageNew: {
    fontFamily: 'var(--bui-font-regular, inherit)',
    color: 'var(--bui-fg-primary, inherit)',
  },
  panel: { minWidth: 0 },
  panelNew: {
    borderRadius: 8,
    backgroundColor: `var(--bui-bg-neutral-1, ${theme.palette.background.paper})`,
  },
}));

/** Root of every body: font, ages, and how its panels look. */
export function Body(
  props: PropsWithChildren<{ look?: FrameLook; page?: boolean }>,
) {
  const classes = useStyles();
  const inherited = useContext(LookContext);
  const look = props.look ?? inherited;
  const page = props.page
    ? `${classes.page} ${look === 'new' ? classes.pageNew : ''}`
    : '';
  return (
    <LookContext.Provider value={look}>
      <NowProvider>
        <div className={`${classes.body} ${page}`}>{props.children}</div>
      </NowProvider>
    </LookContext.Provider>
  );
}

/** A sheet on a page of ours, as the host draws its own. */
export function Panel(
  props: PropsWithChildren<{
    id?: string;
    labelledBy?: string;
    label?: string;
  }>,
) {
  const { id, labelledBy, label, children } = props;
  const classes = useStyles();
  const look = useContext(LookContext);
  const names = {
    id,
    'aria-labelledby': labelledBy,
    'aria-label': label,
  };
  if (look === 'legacy') {
    return (
      <Paper component="section" className={classes.panel} {...names}>
        {children}
      </Paper>
    );
  }
  return (
    <section className={`${classes.panel} ${classes.panelNew}`} {...names}>
      {children}
    </section>
  );
}
