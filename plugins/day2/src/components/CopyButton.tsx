import { ReactNode, useEffect, useState } from 'react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
import SvgIcon from '@material-ui/core/SvgIcon';
import { ActionButton } from './ActionButton';

/** Copies a text and says so for two seconds. */
export function CopyButton(props: {
  text: string | (() => string);
  copied: string;
  icon?: typeof SvgIcon;
  bare?: boolean;
  children: ReactNode;
}) {
  const { text, copied, icon, bare, children } = props;
  const [, copy] = useCopyToClipboard();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) {
      return undefined;
    }
    const timer = setTimeout(() => setDone(false), 2_000);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <ActionButton
      icon={icon}
      bare={bare}
      onClick={() => {
        copy(typeof text === 'function' ? text() : text);
        setDone(true);
      }}
    >
      <span role="status">{done ? copied : children}</span>
    </ActionButton>
  );
}
