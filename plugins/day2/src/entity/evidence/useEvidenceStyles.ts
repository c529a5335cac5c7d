import { makeStyles } from '@material-ui/core/styles';
import { tokens } from '../../theme/healthPalette';

/** Shared looks of evidence: sections, two columns, links. */
export const useEvidenceStyles = makeStyles(theme => {
  const { line, muted, row } = tokens(theme);
  return {
    root: {
      margin: '0 16px 14px 46px',
      padding: '12px 14px',
      border: `1px solid ${line}`,
      borderRadius: 4,
      backgroundColor: row,
      display: 'flex',
      flexDirection: 'column',
      gap: 12,
      '@media (max-width: 700px)': {
        marginLeft: 10,
        marginRight: 10,
        padding: 10,
      },
    },
    section: {
      fontSize: 12,
      fontWeight: 700,
      letterSpacing: 0.4,
      textTransform: 'uppercase',
      color: muted,
      marginBottom: 5,
    },
    two: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))',
      gap: 20,
    },
    small: { fontSize: 13 },
    muted: { color: muted, fontSize: 13 },
    links: {
      borderTop: `1px solid ${line}`,
      paddingTop: 9,
      display: 'flex',
      gap: '6px 16px',
      flexWrap: 'wrap',
      alignItems: 'center',
      fontSize: 13,
    },
    link: { display: 'inline-flex', gap: 4, alignItems: 'center' },
    icon: { fontSize: 16 },
  };
});
