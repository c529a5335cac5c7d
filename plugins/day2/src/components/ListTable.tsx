import { FocusEvent, ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { healthPalette, tokens } from '../theme/healthPalette';

/**
 * What a list shows of each row. `value` serves sorting, text export and readers; `cell` only looks. `small` is what
 * becomes of the column in a narrow window: `title` and `meta` share the first line, `body` takes lines of its own,
 * `foot` shares the last line.
 */
export interface Column<T> {
  id: string;
  /** In words. */
  name: string;
  /** Drawn instead of the name. */
  header?: ReactNode;
  value: (row: T) => string;
  cell: (row: T) => ReactNode;
  width?: number;
  /** As the server sorts; a column without cannot be sorted by. */
  sort?: string;
  small?: 'title' | 'meta' | 'body' | 'foot' | 'hide';
  /** Leaves below 1180 px. */
  wide?: boolean;
}

const narrow = '@media (max-width: 860px)';

const useStyles = makeStyles(theme => {
  const { line, lineStrong, muted, row, hover, focus } = tokens(theme);
  return {
    root: {
      borderCollapse: 'collapse',
      width: '100%',
      [narrow]: { display: 'block' },
    },
    head: { [narrow]: { display: 'none' } },
    body: { [narrow]: { display: 'block' } },
    header: {
      fontWeight: 500,
      fontSize: 12.5,
      color: muted,
      textAlign: 'left',
      padding: '10px 12px',
      borderBottom: `1px solid ${lineStrong}`,
      whiteSpace: 'nowrap',
      verticalAlign: 'bottom',
      '&:first-child': { paddingLeft: 16 },
      '&:last-child': { paddingRight: 16 },
    },
    sorter: {
      font: 'inherit',
      color: 'inherit',
      background: 'none',
      border: 0,
      padding: 0,
      cursor: 'pointer',
      '&:hover': { textDecoration: 'underline' },
      '&:focus-visible': { outline: `2px solid ${focus}`, outlineOffset: 2 },
    },
    row: {
      '&:nth-child(odd)': { backgroundColor: row },
      '&:hover': { backgroundColor: hover },
      '&:last-child > *': { borderBottom: 0 },
      [narrow]: {
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr) auto',
        gap: '5px 8px',
        padding: '11px 12px',
        borderBottom: `1px solid ${line}`,
      },
    },
    changed: {
      boxShadow: `inset 3px 0 0 ${healthPalette(theme).progressing.color}`,
    },
    cell: {
      padding: '9px 12px',
      verticalAlign: 'top',
      borderBottom: `1px solid ${line}`,
      '&:first-child': { paddingLeft: 16 },
      '&:last-child': { paddingRight: 16 },
      [narrow]: {
        display: 'block',
        border: 0,
        '&, &:first-child, &:last-child': { padding: 0 },
      },
    },
    wide: {
      '@media (min-width: 861px) and (max-width: 1180px)': { display: 'none' },
    },
    title: { [narrow]: { order: 1 } },
    meta: { [narrow]: { order: 2, textAlign: 'right' } },
    body2: { [narrow]: { order: 3, gridColumn: '1 / -1' } },
    foot: { [narrow]: { order: 4, alignSelf: 'center' } },
    hide: { [narrow]: { display: 'none !important' } },
  };
});

/** A table whose rows become blocks in a narrow window. Sorted and cut by the server. */
export function ListTable<T>(props: {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  changed?: ReadonlySet<string>;
  sort?: string;
  sortLabel?: (column: string) => string;
  onSort?: (sort: string) => void;
  /** Whether pointer or focus is inside. */
  onHold?: (held: boolean) => void;
}) {
  const { label, columns, rows, rowKey, changed, onHold } = props;
  const classes = useStyles();
  const small = (column: Column<T>) =>
    classes[column.small === 'body' ? 'body2' : column.small ?? 'body2'];
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      onHold?.(false);
    }
  };
  return (
    <table
      className={classes.root}
      aria-label={label}
      onMouseEnter={() => onHold?.(true)}
      onMouseLeave={() => onHold?.(false)}
      onFocus={() => onHold?.(true)}
      onBlur={leave}
    >
      <thead className={classes.head}>
        <tr>
          {columns.map(column => (
            <HeaderCell key={column.id} {...props} column={column} />
          ))}
        </tr>
      </thead>
      <tbody className={classes.body}>
        {rows.map(row => {
          const key = rowKey(row);
          const mark = changed?.has(key) ? classes.changed : '';
          return (
            <tr key={key} className={`${classes.row} ${mark}`}>
              {columns.map(column => (
                <td
                  key={column.id}
                  className={`${classes.cell} ${small(column)} ${
                    column.wide ? classes.wide : ''
                  }`}
                  style={{ width: column.width }}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function HeaderCell<T>(props: {
  column: Column<T>;
  sort?: string;
  sortLabel?: (column: string) => string;
  onSort?: (sort: string) => void;
}) {
  const { column, sort, sortLabel, onSort } = props;
  const classes = useStyles();
  const sorted = sort !== undefined && column.sort === sort;
  // Only the server's own direction exists: worst first, name from A, newest first.
  const direction = column.sort === 'service' ? 'ascending' : 'descending';
  const content = column.header ?? column.name;
  return (
    <th
      scope="col"
      className={`${classes.header} ${column.wide ? classes.wide : ''}`}
      style={{ width: column.width }}
      aria-sort={sorted ? direction : undefined}
    >
      {column.sort && onSort ? (
        <button
          type="button"
          className={classes.sorter}
          aria-label={sortLabel?.(column.name)}
          onClick={() => onSort(column.sort ?? '')}
        >
          {content}
          {sorted && (
            <span aria-hidden>{column.sort === 'service' ? ' ↑' : ' ↓'}</span>
          )}
        </button>
      ) : (
        content
      )}
    </th>
  );
}
