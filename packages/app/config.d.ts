export interface Config {
  auth?: {
    providers?: {
      /** The demo's sign-in: pick a person, without a password. Never for production. */
      demo?: {
        /**
         * Who may be picked.
         * @deepVisibility frontend
         */
        users: Array<{
          /** Entity reference of the user, which the catalog must know. */
          entityRef: string;
          name: string;
          /** What the card says of the person's team. */
          team?: string;
          /** What the card says of what this person may see. */
          sees?: string;
        }>;
      };
    };
  };
}
