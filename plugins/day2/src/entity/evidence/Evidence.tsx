import MenuBook from '@material-ui/icons/MenuBook';
import OpenInNew from '@material-ui/icons/OpenInNew';
import ShowChart from '@material-ui/icons/ShowChart';
import SvgIcon from '@material-ui/core/SvgIcon';
import { Link } from '@backstage/core-components';
import { Item, Link as ItemLink } from '@day2ops/backstage-plugin-day2-common';
import { NextStep } from '../../components/Reason';
import { useLinks } from '../../hooks/useLinks';
import { useText } from '../../hooks/useText';
import {
  Change,
  Conditions,
  PlainFacts,
  Resources,
  Runs,
  Scale,
  Schedule,
  Usage,
} from './Facts';
import { OnDemand } from './OnDemand';
import { Pods } from './Pods';
import { useEvidenceStyles } from './useEvidenceStyles';

const linkShapes: Readonly<Record<string, typeof SvgIcon>> = Object.freeze({
  runbook: MenuBook,
  dashboard: ShowChart,
});

/** The facts behind a verdict: what the item carries decides, not its kind. */
export function Evidence(props: { entityRef: string; item: Item }) {
  const { entityRef, item } = props;
  const { evidence } = item;
  const classes = useEvidenceStyles();
  const links = useLinks();
  return (
    <div className={classes.root}>
      {evidence.pods && <Pods pods={evidence.pods} />}
      <Details item={item} />
      {evidence.conditions && evidence.conditions.length > 0 && (
        <Conditions conditions={evidence.conditions} />
      )}
      <NextStep
        verdict={item}
        links={{ clusters: links.clusters?.(item.cluster) }}
      />
      <OnDemand entityRef={entityRef} item={item}>
        {item.links.map(link => (
          <ToolLink key={link.url} link={link} />
        ))}
      </OnDemand>
    </div>
  );
}

function Details(props: { item: Item }) {
  const { evidence, since } = props.item;
  const { change, resources, scale, schedule, runs, usage, facts } = evidence;
  const classes = useEvidenceStyles();
  const t = useText();
  const parts = [
    change && <Change key="change" change={change} since={since} />,
    resources && <Resources key="resources" resources={resources} />,
    scale && <Scale key="scale" scale={scale} />,
    schedule && <Schedule key="schedule" schedule={schedule} />,
    runs && <Runs key="runs" runs={runs} />,
    usage && <Usage key="usage" usage={usage} />,
    facts && <PlainFacts key="facts" facts={facts} />,
  ].filter(Boolean);
  if (parts.length > 0) {
    return <div className={classes.two}>{parts}</div>;
  }
  const empty = !evidence.pods && !evidence.conditions?.length;
  return empty ? <p className={classes.muted}>{t('evidence.none')}</p> : null;
}

function ToolLink(props: { link: ItemLink }) {
  const { link } = props;
  const classes = useEvidenceStyles();
  const Shape = linkShapes[link.type] ?? OpenInNew;
  return (
    <Link to={link.url} className={classes.link}>
      <Shape className={classes.icon} />
      {link.title}
    </Link>
  );
}
