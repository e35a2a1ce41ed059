import { expect, it } from 'vitest'
import { judgeSizes, SIZE_LIMIT, sizesOf } from '../../../contracts/script/sizes.mjs'

const artifact = (bytes: number) => ({ deployedBytecode: { object: `0x${'ab'.repeat(bytes)}` } })

it('contracts are measured in bytes of deployed code, and refused above the limit', () => {
  const sizes = sizesOf({ Small: artifact(7), Full: artifact(SIZE_LIMIT), Large: artifact(SIZE_LIMIT + 1) })
  expect(sizes.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['Large', 23_501],
    ['Full', 23_500],
    ['Small', 7],
  ])
  const { lines, tooLarge } = judgeSizes(sizes)
  expect(tooLarge).toEqual(['Large'])
  expect(lines).toHaveLength(3)
  expect(lines[0]).toContain('23501  Large')
})
