import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './nav';
import { signInModule } from './signIn';

/** Everything else is found by `app.packages: all` in app-config.yaml. */
export const app = createApp({ features: [navModule, signInModule] });
