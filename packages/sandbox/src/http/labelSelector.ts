import { badRequest } from '../cluster/statusError';
import type { Opaque } from '../cluster/types';

export type Labels = Record<string, string> | undefined;

/** Whether labels satisfy a selector. */
export type LabelMatcher = (labels: Labels) => boolean;

interface Token {
  kind: 'word' | 'symbol' | 'end';
  text: string;
}

const SYMBOLS = ['==', '!=', '=', '!', '(', ')', ',', '<', '>'];
const WORD = /[^\s=!(),<>]+/y;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const KEY =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

function unparsable(why: string): Error {
  return badRequest(`unable to parse requirement: ${why}`);
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const start = position;
    if (/\s/.test(text[start])) {
      position += 1;
      continue;
    }
    const symbol = SYMBOLS.find(candidate => text.startsWith(candidate, start));
    if (symbol) {
      tokens.push({ kind: 'symbol', text: symbol });
      position += symbol.length;
      continue;
    }
    WORD.lastIndex = start;
    const word = WORD.exec(text)?.[0] ?? text[start];
    tokens.push({ kind: 'word', text: word });
    position += word.length;
  }
  return tokens;
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: Token[]) {}

  peek(): Token {
    return this.tokens[this.position] ?? { kind: 'end', text: '' };
  }

  take(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  key(): string {
    const token = this.take();
    if (token.kind !== 'word') {
      throw unparsable(`found '${token.text}', expected: identifier`);
    }
    if (!KEY.test(token.text)) {
      throw unparsable(
        `invalid label key "${token.text}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
      );
    }
    return token.text;
  }

  value(): string {
    const token = this.peek();
    if (token.kind === 'end' || token.text === ',' || token.text === ')') {
      return '';
    }
    this.take();
    if (token.kind !== 'word') {
      throw unparsable(`found '${token.text}', expected: identifier`);
    }
    if (!VALUE.test(token.text)) {
      throw unparsable(
        `values[0]: Invalid value: "${token.text}": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
      );
    }
    return token.text;
  }

  values(): string[] {
    const open = this.take();
    if (open.text !== '(') {
      throw unparsable(`found '${open.text}' expected: '('`);
    }
    const values = [this.value()];
    for (;;) {
      const next = this.take();
      if (next.text === ')') return values;
      if (next.text !== ',') {
        throw unparsable(`found '${next.text}', expected: ',' or ')'`);
      }
      values.push(this.value());
    }
  }

  requirement(): LabelMatcher {
    if (this.peek().text === '!') {
      this.take();
      const absent = this.key();
      return labels => labels?.[absent] === undefined;
    }
    const key = this.key();
    const operator = this.peek();
    if (operator.kind === 'end' || operator.text === ',') {
      return labels => labels?.[key] !== undefined;
    }
    this.take();
    switch (operator.text) {
      case '=':
      case '==': {
        const value = this.value();
        return labels => labels?.[key] === value;
      }
      case '!=': {
        const value = this.value();
        return labels => labels?.[key] !== value;
      }
      case 'in': {
        const values = new Set(this.values());
        return labels => {
          const value = labels?.[key];
          return value !== undefined && values.has(value);
        };
      }
      case 'notin': {
        const values = new Set(this.values());
        return labels => {
          const value = labels?.[key];
          return value === undefined || !values.has(value);
        };
      }
      default:
        throw unparsable(
          `found '${operator.text}', expected: in, notin, =, ==, !=, gt, lt`,
        );
    }
  }
}

/** Parses `labelSelector` of a list or a watch. Throws 400 as the API server does. */
export function parseLabelSelector(text: string): LabelMatcher {
  const tokens = tokenize(text);
  if (!tokens.length) return () => true;
  const parser = new Parser(tokens);
  const requirements: LabelMatcher[] = [];
  for (;;) {
    requirements.push(parser.requirement());
    const next = parser.take();
    if (next.kind === 'end') break;
    if (next.text !== ',') {
      throw unparsable(
        `found '${next.text}', expected: ',' or 'end of string'`,
      );
    }
  }
  return labels => requirements.every(matches => matches(labels));
}

/** A `LabelSelector` object as matchers: `{matchLabels, matchExpressions}`; an empty one selects everything. */
export function selectorOf(
  selector: Record<string, Opaque> | undefined,
): LabelMatcher {
  return labels => {
    for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) {
      if (labels?.[key] !== value) return false;
    }
    return (selector?.matchExpressions ?? []).every(
      ({ key, operator, values = [] }: Record<string, Opaque>) => {
        const value = labels?.[key];
        switch (operator) {
          case 'In':
            return value !== undefined && values.includes(value);
          case 'NotIn':
            return value === undefined || !values.includes(value);
          case 'Exists':
            return value !== undefined;
          default:
            return value === undefined;
        }
      },
    );
  };
}
