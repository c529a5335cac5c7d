/** Which log a person looks at. */
export interface LogChoice {
  pod: string;
  container: string;
  previous: boolean;
}
