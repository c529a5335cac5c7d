import { useRef, useState } from 'react';
import Checkbox from '@material-ui/core/Checkbox';
import Popover from '@material-ui/core/Popover';
import Close from '@material-ui/icons/Close';
import ExpandMore from '@material-ui/icons/ExpandMore';
import { makeStyles } from '@material-ui/core/styles';
import { RichText } from '../components/RichText';
import { useText } from '../hooks/useText';
import { healthPalette, tokens } from '../theme/healthPalette';

export interface FilterOption {
  value: string;
  label: string;
  count?: number;
}

const useStyles = makeStyles(theme => {
  const { lineStrong, focus, hover, muted } = tokens(theme);
  const palette = healthPalette(theme);
  const ring = {
    '&:focus-visible': { outline: `2px solid ${focus}`, outlineOffset: 2 },
  };
  const button = {
    font: 'inherit',
    color: 'inherit',
    background: 'none',
    border: 0,
    cursor: 'pointer',
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
  };
  return {
    root: {
      display: 'inline-flex',
      alignItems: 'stretch',
      flex: 'none',
      border: `1px solid ${lineStrong}`,
      borderRadius: 16,
      fontSize: 13,
      lineHeight: '20px',
      whiteSpace: 'nowrap',
      '&:hover': { backgroundColor: hover },
    },
    on: {
      backgroundColor: palette.progressing.tint,
      borderColor: palette.progressing.color,
    },
    open: {
      ...button,
      ...ring,
      padding: '3px 10px',
      borderRadius: 16,
      '@media (pointer: coarse)': { minHeight: 42 },
    },
    clear: {
      ...button,
      ...ring,
      padding: '3px 8px 3px 0',
      borderRadius: 16,
      '@media (pointer: coarse)': { minHeight: 42 },
    },
    others: { color: muted },
    icon: { fontSize: 16 },
    list: { listStyle: 'none', margin: 0, padding: '8px 0', minWidth: 200 },
    option: {
      display: 'flex',
      alignItems: 'center',
      fontSize: 14,
      padding: '0 16px 0 4px',
      cursor: 'pointer',
      '&:hover': { backgroundColor: hover },
    },
  };
});

/** One filter: what it is set to, a list to choose from, and a cross to take it away. */
export function FilterChip(props: {
  name: string;
  options: readonly FilterOption[];
  chosen: readonly string[];
  /** What the chip says it is set to. */
  summary?: string;
  /** What the filter leaves out, beside it. */
  others?: string;
  onChange: (chosen: string[]) => void;
  onClear: () => void;
}) {
  const { name, options, chosen, summary, others, onChange, onClear } = props;
  const classes = useStyles();
  const t = useText();
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const set = summary !== undefined;
  const toggle = (value: string) =>
    onChange(
      chosen.includes(value)
        ? chosen.filter(other => other !== value)
        : [...chosen, value],
    );
  return (
    <span className={`${classes.root} ${set ? classes.on : ''}`}>
      <button
        type="button"
        ref={anchor}
        className={classes.open}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <span>
          {set ? (
            <RichText>
              {t('fleet.filterSet', { name, value: summary })}
            </RichText>
          ) : (
            name
          )}
          {others && <span className={classes.others}> · {others}</span>}
        </span>
        {!set && <ExpandMore className={classes.icon} />}
      </button>
      {set && (
        <button
          type="button"
          className={classes.clear}
          aria-label={t('fleet.clear', { name })}
          onClick={onClear}
        >
          <Close className={classes.icon} />
        </button>
      )}
      <Popover
        open={open}
        anchorEl={anchor.current}
        onClose={() => setOpen(false)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        PaperProps={{ role: 'dialog', 'aria-label': name }}
        transitionDuration={0}
      >
        <ul className={classes.list}>
          {options.map(option => (
            <li key={option.value}>
              <label className={classes.option}>
                <Checkbox
                  color="primary"
                  size="small"
                  checked={chosen.includes(option.value)}
                  onChange={() => toggle(option.value)}
                />
                {option.count === undefined
                  ? option.label
                  : t('fleet.filterOption', {
                      value: option.label,
                      n: `${option.count}`,
                    })}
              </label>
            </li>
          ))}
        </ul>
      </Popover>
    </span>
  );
}
