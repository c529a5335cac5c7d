import { ReactNode } from 'react';
import { useText } from '../../hooks/useText';
import { useTableStyles } from './useTableStyles';

/** A small table that scrolls sideways in itself, never the page. */
export function ScrollTable(props: {
  name: string;
  columns: readonly string[];
  children: ReactNode;
}) {
  const { name, columns, children } = props;
  const table = useTableStyles();
  const t = useText();
  return (
    <div
      className={table.scroll}
      role="group"
      aria-label={t('evidence.table', { name })}
      // What scrolls must be reachable without a pointer.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className={table.table}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
