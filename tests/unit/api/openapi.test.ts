import { readdirSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { ENDPOINTS } from '../../../app/api/v1/_lib/endpoints'
import { openApiDocument } from '../../../app/api/v1/_lib/openapi/document'

const document = openApiDocument()
/** As clients get it. */
const served = JSON.parse(JSON.stringify(document)) as Record<string, unknown>

test('is a valid OpenAPI 3.1 document, and the check can fail', async () => {
  const validator = new Validator()
  expect(await validator.validate(structuredClone(served))).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
  const broken = { ...structuredClone(served), paths: { auctions: {} } }
  expect((await new Validator().validate(broken)).valid).toBe(false)
})

test('has every route, and only those', () => {
  const root = 'app/api/v1'
  const routes = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts'))
    .map((file) => `/${file}`.replace(/\/route\.ts$/, '').replaceAll(/\[([a-zA-Z]+)\]/g, '{$1}'))
    // The document itself, and what answers where there is nothing.
    .filter((path) => path !== '/openapi.json' && path !== '/[...path]')
  expect(routes.length).toBeGreaterThan(8)
  expect(Object.keys(document.paths).sort()).toEqual(routes.sort())
})

test('refers to nothing that it lacks, and names each operation once', () => {
  const names = Object.keys(document.components.schemas)
  const refs = [...JSON.stringify(served).matchAll(/"#\/components\/schemas\/([A-Za-z]+)"/g)].map(([, name]) => name)
  expect(refs.length).toBeGreaterThan(30)
  for (const name of refs) expect(names).toContain(name)
  const ids = ENDPOINTS.map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
})

test('says what each parameter is, with its bounds', () => {
  const parameters = Object.values(document.paths).flatMap(({ get }) => get.parameters)
  for (const { name, description, schema } of parameters) {
    expect(description, name).toMatch(/\.$/)
    expect(schema.type ?? schema.enum, name).toBeDefined()
  }
  expect(parameters.find(({ name }) => name === 'limit')?.schema).toMatchObject({
    type: 'integer',
    minimum: 1,
    maximum: 100,
  })
  expect(parameters.find(({ name }) => name === 'kinds')).toMatchObject({
    style: 'form',
    explode: false,
    schema: { type: 'array' },
  })
})
