import { Fragment, ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  code: {
    backgroundColor: tokens(theme).code,
    padding: '1px 2px',
    borderRadius: 3,
    fontFamily:
      '"Roboto Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSize: '0.9em',
    overflowWrap: 'anywhere',
  },
  bold: { fontWeight: 600 },
  link: { textDecoration: 'underline', textUnderlineOffset: '2px' },
}));

const tokenPattern = /`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\(([a-z]+)\)/g;
const codePattern = /`([^`]+)`/g;

/**
 * A sentence with `code`; our own texts may also have **bold** and [links](name) to the addresses given. What comes from
 * a cluster gets `plain`, so that it can neither shout nor link.
 */
export function RichText(props: {
  children: string;
  plain?: boolean;
  links?: Readonly<Record<string, string | undefined>>;
}) {
  const { children, plain, links } = props;
  const classes = useStyles();
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of children.matchAll(plain ? codePattern : tokenPattern)) {
    const [whole, code, bold, label, target] = match;
    parts.push(children.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) {
      parts.push(<code className={classes.code}>{code}</code>);
    } else if (bold !== undefined) {
      parts.push(
        <b className={classes.bold}>
          <RichText links={links}>{bold}</RichText>
        </b>,
      );
    } else {
      const to = links?.[target];
      parts.push(
        to ? (
          <Link to={to} className={classes.link}>
            {label}
          </Link>
        ) : (
          label
        ),
      );
    }
  }
  parts.push(children.slice(end));
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={index}>{part}</Fragment>
      ))}
    </>
  );
}
