import { useEffect, useRef, useState } from 'react';
import Search from '@material-ui/icons/Search';
import { makeStyles } from '@material-ui/core/styles';
import { visuallyHidden } from '../components/visuallyHidden';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';

const pauseMs = 250;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    flex: 'none',
    boxSizing: 'border-box',
    width: 200,
    border: `1px solid ${tokens(theme).lineStrong}`,
    borderRadius: 4,
    padding: '4px 10px',
    color: tokens(theme).muted,
    '&:focus-within': { outline: `2px solid ${tokens(theme).focus}` },
  },
  icon: { fontSize: 18 },
  input: {
    border: 0,
    outline: 0,
    padding: 0,
    width: '100%',
    background: 'none',
    font: 'inherit',
    fontSize: 13,
    lineHeight: '20px',
    color: theme.palette.text.primary,
    '&::placeholder': { color: tokens(theme).muted, opacity: 1 },
    '@media (pointer: coarse)': { minHeight: 34 },
  },
  hidden: visuallyHidden,
}));

/** Text to look for, after a short pause in typing. The key `/` leads here. */
export function TextFilter(props: {
  text: string;
  onChange: (text: string) => void;
}) {
  const { text, onChange } = props;
  const classes = useStyles();
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) {
      return undefined;
    }
    const timer = setTimeout(() => latest.current(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, text]);
  useEffect(() => focusOnSlash(input), []);
  return (
    <label className={classes.root}>
      <Search className={classes.icon} />
      <span className={classes.hidden}>{t('fleet.text')}</span>
      <input
        ref={input}
        type="search"
        className={classes.input}
        value={typed}
        maxLength={200}
        placeholder={t('fleet.textPlaceholder')}
        aria-keyshortcuts="/"
        onChange={event => setTyped(event.target.value)}
      />
    </label>
  );
}

function focusOnSlash(input: { current: HTMLInputElement | null }) {
  const listen = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const typing = target?.closest(
      'input, textarea, select, [contenteditable]',
    );
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      input.current?.focus();
    }
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
