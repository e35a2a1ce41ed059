import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addressSchema, bigNumberSchema, hashSchema } from '../../../app/api/v1/_schemas/common'

const folder = 'app/api/v1/_schemas'

test('schemas import nothing but zod and each other, so browsers can have them', () => {
  const files = readdirSync(folder)
  expect(files.length).toBeGreaterThan(5)
  for (const file of files) {
    const sources = [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/from '([^']+)'/g)].map(
      ([, source]) => source,
    )
    expect(
      sources.filter((source) => source !== 'zod' && !source?.startsWith('./')),
      file,
    ).toEqual([])
  }
})

test('numbers that JSON would round travel as canonical decimal strings', () => {
  expect(bigNumberSchema.safeParse((2n ** 256n - 1n).toString()).success).toBe(true)
  for (const bad of ['', '-1', '01', '1.0', '1e3', '0x10', '9'.repeat(79), 12])
    expect(bigNumberSchema.safeParse(bad).success).toBe(false)
})

test('hashes and addresses have their exact length', () => {
  expect(hashSchema.safeParse(`0x${'ab'.repeat(32)}`).success).toBe(true)
  expect(addressSchema.safeParse(`0x${'aB'.repeat(20)}`).success).toBe(true)
  for (const bad of ['0x', `0x${'ab'.repeat(31)}`, `0x${'ab'.repeat(33)}`, 'ab'.repeat(32), `0x${'zz'.repeat(32)}`]) {
    expect(hashSchema.safeParse(bad).success).toBe(false)
    expect(addressSchema.safeParse(bad).success).toBe(false)
  }
})
