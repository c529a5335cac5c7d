import { CustomErrorBase } from '@backstage/errors';

/** The scope belongs to another replica, or to nobody: nothing was written, and its collector must stop. */
export class LeaseLostError extends CustomErrorBase {
  name = 'LeaseLostError' as const;
}
