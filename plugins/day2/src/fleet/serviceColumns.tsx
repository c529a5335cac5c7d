import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import {
  EntityDisplayName,
  EntityRefLinks,
} from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';
import { ServiceSummary } from '@day2ops/backstage-plugin-day2-common';
import { AreaIcon } from '../components/AreaName';
import { HatchDot } from '../components/Freshness';
import { HealthLabel, healthText } from '../components/HealthLabel';
import { HealthMinis, MinisHeader } from '../components/HealthMinis';
import { Column } from '../components/ListTable';
import { Reason } from '../components/Reason';
import { Time } from '../components/Time';
import { reasonText } from '../components/verdictText';
import { Links } from '../hooks/useLinks';
import { Text, useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  system: { fontSize: 12, color: tokens(theme).muted },
  why: { display: 'flex', gap: 6, alignItems: 'flex-start' },
  whyIcon: { lineHeight: '20px' },
  owner: { fontSize: 13, '& a': { textDecoration: 'underline' } },
}));

/** How a person calls an entity. */
export function serviceName(
  service: Pick<ServiceSummary, 'entityRef' | 'title'>,
) {
  return service.title ?? parseEntityRef(service.entityRef).name;
}

/** Columns of a list of services. */
export function serviceColumns(options: {
  t: Text;
  links: Links;
}): Column<ServiceSummary>[] {
  const { t, links } = options;
  return [
    {
      id: 'health',
      name: t('fleet.health'),
      value: row => healthText(t, row),
      cell: row => <HealthLabel {...row} />,
      width: 172,
      sort: 'health',
      small: 'title',
    },
    {
      id: 'service',
      name: t('fleet.service'),
      value: serviceName,
      cell: row => (
        <ServiceName service={row} to={links.operations(row.entityRef)} />
      ),
      width: 214,
      sort: 'service',
      small: 'body',
    },
    {
      id: 'areas',
      name: t('fleet.areas'),
      header: <MinisHeader />,
      value: row =>
        row.areas
          .map(each =>
            t('area.health', {
              area: t(`area.name.${each.area}`),
              health: healthText(t, each),
            }),
          )
          .join(', '),
      cell: row => <HealthMinis areas={row.areas} />,
      width: 164,
      small: 'foot',
    },
    {
      id: 'why',
      name: t('fleet.why'),
      value: row => reasonText(t, row),
      cell: row => <Why service={row} />,
      small: 'body',
    },
    {
      id: 'since',
      name: t('fleet.since'),
      value: row => row.since ?? '',
      cell: row =>
        row.since && (
          <Time at={row.since} as="since" source={row.sinceSource} />
        ),
      width: 92,
      sort: 'since',
      small: 'meta',
    },
    {
      id: 'owner',
      name: t('fleet.owner'),
      value: row => row.owners.join(', '),
      cell: row => <Owners service={row} />,
      width: 132,
      small: 'foot',
      spare: true,
    },
  ];
}

function ServiceName(props: { service: ServiceSummary; to: string }) {
  const { service, to } = props;
  const classes = useStyles();
  const t = useText();
  const type = service.type ?? parseEntityRef(service.entityRef).kind;
  return (
    <>
      <Link to={to} className={classes.name}>
        {serviceName(service)}
      </Link>
      <div className={classes.system}>
        {service.system
          ? t('fleet.system', {
              system: (
                <EntityDisplayName
                  entityRef={service.system}
                  defaultKind="system"
                  hideIcon
                  disableTooltip
                />
              ),
              type,
            })
          : type}
      </div>
    </>
  );
}

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

function Why(props: { service: ServiceSummary }) {
  const { service } = props;
  const classes = useStyles();
  const t = useText();
  const { area, item, silentClusters } = service;
  // A service is its workload; anything else that bears its name is another thing.
  const isNamed =
    item?.name === parseEntityRef(service.entityRef).name &&
    workloadKinds.includes(item.kind);
  return (
    <div className={classes.why}>
      {area && (
        <span className={classes.whyIcon}>
          <AreaIcon area={area} label={t(`area.name.${area}`)} size={18} />
        </span>
      )}
      <Reason
        verdict={service}
        clamp
        subject={item && !isNamed ? t('fleet.subject', item) : undefined}
        mark={
          silentClusters.length > 0 && (
            <HatchDot
              label={t('fleet.partly', { clusters: silentClusters.join(', ') })}
            />
          )
        }
      />
    </div>
  );
}

function Owners(props: { service: ServiceSummary }) {
  const classes = useStyles();
  return (
    <span className={classes.owner}>
      <EntityRefLinks
        entityRefs={[...props.service.owners]}
        defaultKind="group"
        hideIcons
      />
    </span>
  );
}
