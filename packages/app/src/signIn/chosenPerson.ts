import { IdentityApi } from '@backstage/core-plugin-api';

const KEY = 'day2-demo-person';

/** Who was picked in this tab, so that a reload does not ask again. Each tab may be another person. */
export const chosenPerson = {
  read: () => window.sessionStorage.getItem(KEY) ?? undefined,
  remember: (entityRef: string) =>
    window.sessionStorage.setItem(KEY, entityRef),
  forget: () => window.sessionStorage.removeItem(KEY),
};

/** The same identity; signing out asks again who one is. */
export function forgetOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      chosenPerson.forget();
      await identity.signOut();
    },
  };
}
