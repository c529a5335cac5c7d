/** Auth providers whose token only a browser has: the kubernetes plugin takes it from the user's request. */
const browserProviders: ReadonlySet<string> = new Set([
  'google',
  'oidc',
  'aks',
]);

/** The provider, when it needs a browser. */
export function clientAuthOf(provider: string | undefined): string | undefined {
  return provider && browserProviders.has(provider) ? provider : undefined;
}
