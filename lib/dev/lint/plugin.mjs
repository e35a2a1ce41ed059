import { isBuiltin } from 'node:module'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { objection, objectionToComputed } from './importRules.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

const fromRoot = (filename) => relative(root, filename).split(sep).join('/')

/** `import type { X }`, or `import { type X }`: either is gone from the JavaScript. */
function importsTypesOnly(node) {
  if (node.importKind === 'type') return true
  return node.specifiers.length > 0 && node.specifiers.every((specifier) => specifier.importKind === 'type')
}

/** What an import or a re-export takes, types left out; all of it where that is not said. */
function namesOf({ specifiers }) {
  if (!specifiers) return ['*']
  const values = specifiers.filter((specifier) => specifier.importKind !== 'type' && specifier.exportKind !== 'type')
  return values.map(({ type, imported, local }) =>
    type === 'ImportNamespaceSpecifier' ? '*' : ((imported ?? local).name ?? (imported ?? local).value),
  )
}

/** The text of a string in quotes, or in backquotes with nothing filled in. */
function literalOf(node) {
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

/** Reports imports across the house's boundaries: static, dynamic, re-exported or type-only. */
const boundaries = {
  meta: { type: 'problem', schema: [], messages: { crossed: '{{reason}} (see lib/dev/lint/importRules.mjs).' } },
  create(context) {
    const file = fromRoot(context.filename)
    const isClient = context.sourceCode.ast.body.some((node) => node.directive === 'use client')
    function check(node, typeOnly, names = ['*'], lazy = false) {
      if (!node) return
      const source = literalOf(node)
      if (source === undefined) {
        const reason = objectionToComputed(file)
        if (reason) context.report({ node, messageId: 'crossed', data: { reason } })
        return
      }
      const target = source.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), source)) : undefined
      const reason = objection({ file, source, target, typeOnly, names, lazy, isBuiltin: isBuiltin(source), isClient })
      if (reason) context.report({ node, messageId: 'crossed', data: { reason } })
    }
    return {
      ImportDeclaration: (node) => check(node.source, importsTypesOnly(node), namesOf(node)),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type', namesOf(node)),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false, ['*'], true),
      TSExternalModuleReference: (node) => check(node.expression, false),
      TSImportType: (node) => check(node.source, true),
      'CallExpression[callee.name="require"]': (node) => check(node.arguments[0], false),
    }
  },
}

/** A file that only passes on what others export hides where things are and drags everything in with one import. */
const noBarrels = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { barrel: 'This file only re-exports others: import them from where they are.' },
  },
  create(context) {
    return {
      Program(program) {
        const statements = program.body.filter((node) => node.type !== 'ImportDeclaration')
        const passesOn = (node) =>
          node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source)
        if (statements.length > 0 && statements.every(passesOn)) context.report({ node: program, messageId: 'barrel' })
      },
    }
  },
}

export default { rules: { boundaries, 'no-barrels': noBarrels } }
