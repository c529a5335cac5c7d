import { InputError } from '@backstage/errors';

/** One term of a label selector. `notIn` and `absent` hold for objects without the label too. */
export interface Requirement {
  key: string;
  operator: 'in' | 'notIn' | 'exists' | 'absent';
  values: ReadonlySet<string>;
}

const maxLength = 4000;
const maxRequirements = 50;

const key = String.raw`(?:[a-zA-Z0-9][-a-zA-Z0-9.]{0,252}\/)?[a-zA-Z0-9](?:[-_.a-zA-Z0-9]{0,61}[a-zA-Z0-9])?`;
const value = String.raw`(?:[a-zA-Z0-9](?:[-_.a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)?`;
const patterns = {
  equality: new RegExp(`^(${key})\\s*(==|=|!=)\\s*(${value})$`),
  set: new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`),
  existence: new RegExp(`^(!?)\\s*(${key})$`),
  value: new RegExp(`^${value}$`),
};

/**
 * Reads a label selector as Kubernetes writes it: `app=a,tier!=b,env in (x,y),zone notin (z),canary,!legacy`. All
 * terms must hold.
 *
 * @throws InputError that names the term
 */
export function parseSelector(selector: string): Requirement[] {
  if (selector.length > maxLength) {
    throw new InputError(
      `The label selector is longer than ${maxLength} characters`,
    );
  }
  // Commas within parentheses separate values, others terms.
  const terms = selector
    .split(/,(?![^()]*\))/)
    .map(term => term.trim())
    .filter(term => term !== '');
  if (terms.length === 0 || terms.length > maxRequirements) {
    throw new InputError(
      `The label selector must have between 1 and ${maxRequirements} terms`,
    );
  }
  return terms.map(parseTerm);
}

function parseTerm(term: string): Requirement {
  const equality = patterns.equality.exec(term);
  if (equality) {
    return {
      key: equality[1],
      operator: equality[2] === '!=' ? 'notIn' : 'in',
      values: new Set([equality[3]]),
    };
  }
  const set = patterns.set.exec(term);
  const values = set?.[3].split(',').map(part => part.trim()) ?? [];
  if (set && values.every(part => patterns.value.test(part))) {
    return {
      key: set[1],
      operator: set[2] === 'in' ? 'in' : 'notIn',
      values: new Set(values),
    };
  }
  const existence = patterns.existence.exec(term);
  if (existence) {
    return {
      key: existence[2],
      operator: existence[1] ? 'absent' : 'exists',
      values: new Set(),
    };
  }
  throw new InputError(
    `${JSON.stringify(term.slice(0, 100))} is no term of a label selector`,
  );
}

export function matchesSelector(
  requirements: readonly Requirement[],
  labels: Readonly<Record<string, string>>,
): boolean {
  return requirements.every(requirement => {
    const present = Object.hasOwn(labels, requirement.key);
    switch (requirement.operator) {
      case 'in':
        return present && requirement.values.has(labels[requirement.key]);
      case 'notIn':
        return !present || !requirement.values.has(labels[requirement.key]);
      case 'exists':
        return present;
      default:
        return !present;
    }
  });
}
