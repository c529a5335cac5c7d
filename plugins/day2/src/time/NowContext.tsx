import {
  createContext,
  PropsWithChildren,
  useContext,
  useEffect,
  useState,
} from 'react';

const tickMs = 10_000;
const NowContext = createContext<number | undefined>(undefined);

/** Lets all ages below count up together, every ten seconds. */
export function NowProvider(props: PropsWithChildren<{}>) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <NowContext.Provider value={now}>{props.children}</NowContext.Provider>
  );
}

/** The time, as of the last tick; outside a provider the time of drawing. */
export function useNow(): number {
  return useContext(NowContext) ?? Date.now();
}
