import {
  AccessRule,
  companyUsers,
  createCompany,
  createCredentials,
  createSystemClock,
  READER_RULES,
  SandboxOptions,
} from 'sandbox';

/** The company with other rights for Day 2's reader. Close the clock after the sandbox. */
export function createCompanyFor(rules: {
  more?: readonly AccessRule[];
  without?: (rule: AccessRule) => boolean;
}): { options: SandboxOptions; close(): void } {
  const { more = [], without = () => false } = rules;
  const clock = createSystemClock();
  const credentials = createCredentials();
  const users = companyUsers(credentials.tokens).map(user =>
    user.rules === READER_RULES
      ? {
          ...user,
          rules: [...READER_RULES.filter(rule => !without(rule)), ...more],
        }
      : user,
  );
  return {
    options: {
      clock,
      credentials,
      company: createCompany({ clock, seed: 1, users }),
    },
    close: () => clock.close(),
  };
}
