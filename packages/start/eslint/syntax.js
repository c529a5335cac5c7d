'use strict';

const reactImport =
  'React default imports are deprecated: import what you need by name.';

/** The two entries that the Backstage factory has for React. */
const reactSyntax = [
  {
    message: reactImport,
    selector:
      "ImportDeclaration[source.value='react'][specifiers.0.type='ImportDefaultSpecifier']",
  },
  {
    message: reactImport,
    selector:
      "ImportDeclaration[source.value='react'] :matches(ImportDefaultSpecifier, ImportNamespaceSpecifier)",
  },
];

const everywhere = [
  {
    message: 'Use a union of strings or a frozen object instead of an enum.',
    selector: 'TSEnumDeclaration',
  },
  {
    message: 'Use for..of.',
    selector: "CallExpression[callee.property.name='forEach']",
  },
];

const sourceSyntax = [
  ...everywhere,
  {
    message:
      'Export by name; src/index.ts may export { x as default }, which hosts ask for.',
    selector: 'ExportDefaultDeclaration',
  },
  {
    message:
      'Module-level state must not change: pass it, or keep it in a closure.',
    selector:
      ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind='let']",
  },
  {
    message:
      'Parse what comes from outside instead of casting it over unknown.',
    selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
  },
];

const testSyntax = [
  ...everywhere,
  {
    message: 'Test our own modules as they are: pass a fake in.',
    selector:
      "CallExpression[callee.object.name='jest'][callee.property.name=/^(do|unstable_)?[mM]ock/] > Literal[value=/^([.]|@day2ops\\u002f)/]:first-child",
  },
];

module.exports = { reactSyntax, sourceSyntax, testSyntax };
