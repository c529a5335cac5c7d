import { ReactNode } from 'react';
import { useEvidenceStyles } from './useEvidenceStyles';

/** A part of the evidence under its small title. */
export function Section(props: { title: string; children: ReactNode }) {
  const classes = useEvidenceStyles();
  return (
    <div>
      <h3 className={classes.section}>{props.title}</h3>
      {props.children}
    </div>
  );
}
