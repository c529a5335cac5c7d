import { FocusEvent, ReactNode, useRef } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { healthPalette, tokens } from '../theme/healthPalette';
import { useWidth } from './charts/useWidth';
import { visuallyHidden } from './visuallyHidden';

/**
 * What a list shows of each row. `value` serves sorting, text export and readers; `cell` only looks. `small` is what
 * becomes of the column in a narrow place: `title` and `meta` share the first line, `body` takes lines of its own, `foot`
 * shares the last line.
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
  small: 'title' | 'meta' | 'body' | 'foot' | 'hide';
  /** Leaves when space is short. */
  spare?: boolean;
}

export interface ListTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** Rows that changed a moment ago. */
  changed?: ReadonlySet<string>;
  sort?: string;
  sortLabel?: (column: string) => string;
  onSort?: (sort: string) => void;
  /** Whether pointer or focus is inside. */
  onHold?: (held: boolean) => void;
}

/** Narrower than this, rows become blocks; narrower than the other, columns that can be spared leave. */
const blocksBelow = 800;
const sparseBelow = 1_000;

const useStyles = makeStyles(theme => {
  const { line, lineStrong, muted, row, hover, focus } = tokens(theme);
  return {
    table: { borderCollapse: 'collapse', width: '100%' },
    header: {
      fontWeight: 500,
      fontSize: 12.5,
      color: muted,
      textAlign: 'left',
      padding: '10px 12px',
      borderBottom: `1px solid ${lineStrong}`,
      whiteSpace: 'nowrap',
      verticalAlign: 'bottom',
      position: 'relative',
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
      '&:last-child > td': { borderBottom: 0 },
    },
    cell: {
      padding: '9px 12px',
      verticalAlign: 'top',
      borderBottom: `1px solid ${line}`,
      '&:first-child': { paddingLeft: 16 },
      '&:last-child': { paddingRight: 16 },
    },
    changed: {
      boxShadow: `inset 3px 0 0 ${healthPalette(theme).progressing.color}`,
    },
    block: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      gap: '5px 8px',
      padding: '11px 12px',
      borderBottom: `1px solid ${line}`,
      '&:nth-child(odd)': { backgroundColor: row },
      '&:last-child': { borderBottom: 0 },
    },
    hidden: visuallyHidden,
    whole: { gridColumn: '1 / -1' },
    end: { textAlign: 'right' },
    foot: {
      alignSelf: 'center',
      '& + &': { textAlign: 'right' },
    },
  };
});

/** A list sorted and cut by the server: a table, or blocks where there is no room for one. */
export function ListTable<T>(props: ListTableProps<T>) {
  const { onHold } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, sparseBelow);
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      onHold?.(false);
    }
  };
  return (
    <div
      ref={box}
      onMouseEnter={() => onHold?.(true)}
      onMouseLeave={() => onHold?.(false)}
      onFocus={() => onHold?.(true)}
      onBlur={leave}
    >
      {width < blocksBelow ? (
        <Blocks {...props} />
      ) : (
        <Table {...props} sparse={width < sparseBelow} />
      )}
    </div>
  );
}

function Table<T>(props: ListTableProps<T> & { sparse: boolean }) {
  const { label, rows, rowKey, changed, sparse } = props;
  const classes = useStyles();
  const columns = props.columns.filter(({ spare }) => !(sparse && spare));
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(column => (
            <HeaderCell key={column.id} {...props} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => {
          const key = rowKey(row);
          const mark = changed?.has(key) ? classes.changed : '';
          return (
            <tr key={key} className={`${classes.row} ${mark}`}>
              {columns.map(column => (
                <td
                  key={column.id}
                  className={classes.cell}
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

const blockOrder = ['title', 'meta', 'body', 'foot'] as const;

function Blocks<T>(props: ListTableProps<T>) {
  const { label, rows, rowKey, changed } = props;
  const classes = useStyles();
  const columns = blockOrder.flatMap(place =>
    props.columns.filter(({ small }) => small === place),
  );
  const look = {
    title: '',
    meta: classes.end,
    body: classes.whole,
    foot: classes.foot,
  };
  return (
    <ul aria-label={label}>
      {rows.map(row => {
        const key = rowKey(row);
        const mark = changed?.has(key) ? classes.changed : '';
        return (
          <li key={key} className={`${classes.block} ${mark}`}>
            {columns.map(({ id, small, cell }) => (
              <div key={id} className={small === 'hide' ? '' : look[small]}>
                {cell(row)}
              </div>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

function HeaderCell<T>(
  props: Pick<ListTableProps<T>, 'sort' | 'sortLabel' | 'onSort'> & {
    column: Column<T>;
  },
) {
  const { column, sort, sortLabel, onSort } = props;
  const classes = useStyles();
  const sorted = sort !== undefined && column.sort === sort;
  // Only the server's own direction exists: worst first, name from A, newest first.
  const ascending = column.sort === 'service';
  const content = column.header ? (
    <>
      <span className={classes.hidden}>{column.name}</span>
      {column.header}
    </>
  ) : (
    column.name
  );
  return (
    <th
      scope="col"
      className={classes.header}
      style={{ width: column.width }}
      aria-sort={sorted ? sortWord(ascending) : undefined}
    >
      {column.sort && onSort ? (
        <button
          type="button"
          className={classes.sorter}
          aria-label={sortLabel?.(column.name)}
          onClick={() => onSort(column.sort ?? '')}
        >
          {content}
          {sorted && <span aria-hidden>{ascending ? ' ↑' : ' ↓'}</span>}
        </button>
      ) : (
        content
      )}
    </th>
  );
}

function sortWord(ascending: boolean): 'ascending' | 'descending' {
  return ascending ? 'ascending' : 'descending';
}
