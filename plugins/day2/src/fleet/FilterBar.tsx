import { makeStyles } from '@material-ui/core/styles';
import FileCopyOutlined from '@material-ui/icons/FileCopyOutlined';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  areas,
  Health,
  healths,
  ServiceList,
} from '@day2ops/backstage-plugin-day2-common';
import { CopyButton } from '../components/CopyButton';
import { Text, useText } from '../hooks/useText';
import { healthPalette, tokens } from '../theme/healthPalette';
import { FleetAddress, ListFilter, notHealthy, sameSet } from './fleetAddress';
import { FilterChip, FilterOption } from './FilterChip';
import { TextFilter } from './TextFilter';

const useStyles = makeStyles(theme => {
  const { line, lineStrong, focus } = tokens(theme);
  return {
    root: {
      display: 'flex',
      gap: 8,
      padding: '12px 16px',
      flexWrap: 'wrap',
      alignItems: 'center',
      borderBottom: `1px solid ${line}`,
      [theme.breakpoints.down('xs')]: {
        flexWrap: 'nowrap',
        overflowX: 'auto',
        padding: '10px 12px',
      },
    },
    whose: {
      display: 'inline-flex',
      flex: 'none',
      border: `1px solid ${lineStrong}`,
      borderRadius: 4,
    },
    who: {
      font: 'inherit',
      fontSize: 13,
      fontWeight: 500,
      color: 'inherit',
      background: 'none',
      border: 0,
      padding: '5px 12px',
      cursor: 'pointer',
      '&[aria-pressed=true]': {
        backgroundColor: healthPalette(theme).progressing.tint,
        boxShadow: `inset 0 -2px 0 ${healthPalette(theme).progressing.color}`,
      },
      '&:focus-visible': { outline: `2px solid ${focus}`, outlineOffset: 2 },
      '@media (pointer: coarse)': { minHeight: 42 },
    },
    copy: {
      marginLeft: 'auto',
      [theme.breakpoints.down('xs')]: { display: 'none' },
    },
  };
});

export interface FilterBarProps {
  address: FleetAddress;
  /** What is really asked for, defaults filled in. */
  health: readonly Health[];
  environment: readonly string[];
  mine: boolean;
  mineCount?: number;
  facets: ServiceList['facets'];
  onChange: (change: Partial<FleetAddress>) => void;
}

/** Everything that narrows the list; all of it is in the address. */
export function FilterBar(props: FilterBarProps) {
  const { address, mine, mineCount, facets, onChange } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div className={classes.root} role="search" aria-label={t('fleet.filters')}>
      <div className={classes.whose} role="group" aria-label={t('fleet.whose')}>
        <button
          type="button"
          className={classes.who}
          aria-pressed={mine}
          onClick={() => onChange({ mine: true })}
        >
          {mineCount === undefined
            ? t('fleet.mine')
            : t('fleet.mineCount', { n: `${mineCount}` })}
        </button>
        <button
          type="button"
          className={classes.who}
          aria-pressed={!mine}
          onClick={() => onChange({ mine: false })}
        >
          {t('fleet.all')}
        </button>
      </div>
      <TextFilter text={address.text} onChange={text => onChange({ text })} />
      <ListChip {...props} filter="system" options={facets?.system} />
      <EnvironmentChip {...props} />
      <ListChip {...props} filter="cluster" options={facets?.cluster} />
      <FilterChip
        name={t('fleet.filter.area')}
        chosen={address.area}
        options={areas.map(area => ({
          value: area,
          label: t(`area.name.${area}`),
          count: facets?.area.find(({ value }) => value === area)?.count,
        }))}
        summary={summary(
          t,
          address.area.map(area => t(`area.name.${area}`)),
        )}
        onChange={chosen =>
          onChange({ area: areas.filter(area => chosen.includes(area)) })
        }
        onClear={() => onChange({ area: [] })}
      />
      <HealthChip {...props} />
      <ListChip {...props} filter="owner" options={facets?.owner} />
      <span className={classes.copy}>
        <CopyButton
          bare
          icon={FileCopyOutlined}
          text={() => window.location.href}
          copied={t('fleet.copied')}
        >
          {t('fleet.copyLink')}
        </CopyButton>
      </span>
    </div>
  );
}

type Facet = NonNullable<ServiceList['facets']>['system'];

function summary(t: Text, chosen: readonly string[]): string | undefined {
  if (chosen.length === 0) {
    return undefined;
  }
  return chosen.length <= 2
    ? chosen.join(', ')
    : t('fleet.filterMany', { n: `${chosen.length}` });
}

/** Refs are shown by name; other values as they are. */
function nameOf(filter: ListFilter, value: string): string {
  const isRef = filter === 'system' || filter === 'owner';
  return isRef ? parseEntityRef(value, { defaultKind: filter }).name : value;
}

function toOptions(filter: ListFilter, facet: Facet = []): FilterOption[] {
  return facet.map(({ value, count }) => ({
    value,
    label: nameOf(filter, value),
    count,
  }));
}

function ListChip(
  props: FilterBarProps & {
    filter: Exclude<ListFilter, 'environment'>;
    options?: Facet;
  },
) {
  const { address, filter, options, onChange } = props;
  const t = useText();
  const chosen = address[filter];
  return (
    <FilterChip
      name={t(`fleet.filter.${filter}`)}
      chosen={chosen}
      options={toOptions(filter, options)}
      summary={summary(
        t,
        chosen.map(value => nameOf(filter, value)),
      )}
      onChange={next => onChange({ [filter]: next })}
      onClear={() => onChange({ [filter]: [] })}
    />
  );
}

/** Says what other environments hold, so that nobody forgets them. */
function EnvironmentChip(props: FilterBarProps) {
  const { environment, facets, onChange } = props;
  const t = useText();
  const options = toOptions('environment', facets?.environment);
  const others = options.filter(({ value }) => !environment.includes(value));
  return (
    <FilterChip
      name={t('fleet.filter.environment')}
      chosen={environment}
      options={options}
      summary={summary(t, environment)}
      others={
        environment.length > 0
          ? others.map(({ label, count }) => `${label} ${count}`).join(', ')
          : undefined
      }
      onChange={next => onChange({ environment: next })}
      onClear={() => onChange({ environment: [] })}
    />
  );
}

function HealthChip(props: FilterBarProps) {
  const { health, onChange } = props;
  const t = useText();
  const words = sameSet(health, notHealthy)
    ? [t('fleet.notHealthy')]
    : [...health].map(each => t(`health.lower.${each}`));
  return (
    <FilterChip
      name={t('fleet.filter.health')}
      chosen={health}
      options={[...healths].reverse().map(value => ({
        value,
        label: t(`health.name.${value}`),
      }))}
      summary={health.length === healths.length ? undefined : summary(t, words)}
      onChange={next =>
        onChange({ health: healths.filter(each => next.includes(each)) })
      }
      onClear={() => onChange({ health: healths })}
    />
  );
}
