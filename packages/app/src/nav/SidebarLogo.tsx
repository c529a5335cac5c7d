import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    height: 2 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    paddingLeft: theme.spacing(2.5),
  },
  text: {
    color: theme.palette.navigation.selectedColor,
    fontWeight: 700,
    whiteSpace: 'nowrap',
  },
}));

/** The portal's title, or its initials while the sidebar is closed. */
export function SidebarLogo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  const title = useApi(configApiRef).getOptionalString('app.title') ?? 'Day 2';
  const initials = title.replace(/(?<=\w)\w+|\s/g, '').slice(0, 3);
  return (
    <div className={classes.root}>
      <Link to="/" underline="none" aria-label={`${title}, home`}>
        <Typography component="span" variant="h6" className={classes.text}>
          {isOpen ? title : initials}
        </Typography>
      </Link>
    </div>
  );
}
