import { makeStyles } from '@material-ui/core/styles';
import { tokens } from '../../theme/healthPalette';

/** Looks of the small tables of evidence. */
export const useTableStyles = makeStyles(theme => {
  const { line, muted, focus } = tokens(theme);
  return {
    scroll: {
      overflowX: 'auto',
      '&:focus-visible': { outline: `2px solid ${focus}` },
    },
    table: {
      borderCollapse: 'collapse',
      width: '100%',
      minWidth: 620,
      fontSize: 13,
      border: `1px solid ${line}`,
      '& th, & td': {
        padding: '6px 10px',
        textAlign: 'left',
        verticalAlign: 'top',
        borderBottom: `1px solid ${line}`,
      },
      '& th': { color: muted, fontWeight: 500, whiteSpace: 'nowrap' },
      '& tbody tr:last-child > td': { borderBottom: 0 },
    },
    number: { textAlign: 'right', fontWeight: 600 },
    mono: {
      fontFamily:
        '"Roboto Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: 12,
      whiteSpace: 'nowrap',
    },
    noWrap: { whiteSpace: 'nowrap' },
  };
});
