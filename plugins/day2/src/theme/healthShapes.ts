import SvgIcon from '@material-ui/core/SvgIcon';
import Autorenew from '@material-ui/icons/Autorenew';
import Cancel from '@material-ui/icons/Cancel';
import CheckCircleOutline from '@material-ui/icons/CheckCircleOutline';
import HelpOutline from '@material-ui/icons/HelpOutline';
import LocalShippingOutlined from '@material-ui/icons/LocalShippingOutlined';
import LockOutlined from '@material-ui/icons/LockOutlined';
import NotificationsNone from '@material-ui/icons/NotificationsNone';
import PauseCircleOutline from '@material-ui/icons/PauseCircleOutline';
import Report from '@material-ui/icons/Report';
import SettingsBackupRestore from '@material-ui/icons/SettingsBackupRestore';
import Warning from '@material-ui/icons/Warning';
import WidgetsOutlined from '@material-ui/icons/WidgetsOutlined';
import { Area, Health } from '@day2ops/backstage-plugin-day2-common';

/** Filled shapes want a person, rings do not. */
export const healthShapes: Readonly<Record<Health, typeof SvgIcon>> =
  Object.freeze({
    critical: Report,
    degraded: Cancel,
    warning: Warning,
    unknown: HelpOutline,
    progressing: Autorenew,
    suspended: PauseCircleOutline,
    healthy: CheckCircleOutline,
  });

/** How high a span of this health stands in a lane, in pixels: severity is height, not only hue. */
export const laneHeights: Readonly<Record<Health, number>> = Object.freeze({
  critical: 21,
  degraded: 15,
  warning: 9,
  unknown: 15,
  progressing: 9,
  suspended: 5,
  healthy: 3,
});

/** Always grey, so that health alone has colour. */
export const areaShapes: Readonly<Record<Area, typeof SvgIcon>> = Object.freeze(
  {
    workloads: WidgetsOutlined,
    alerts: NotificationsNone,
    certificates: LockOutlined,
    delivery: LocalShippingOutlined,
    backups: SettingsBackupRestore,
  },
);
