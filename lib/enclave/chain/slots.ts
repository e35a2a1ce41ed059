import { concatHex, hexToBigInt, keccak256, numberToHex, pad, slice, type Hex } from 'viem'

/** Where a struct's member lies: slot from the struct's first, bytes from the slot's low end. */
type Field = { readonly slot: number; readonly offset: number; readonly bytes: number }

/** A mapping to a struct, or a mapping of such mappings, as `lib/abi/storageLayouts` has it. */
export type MappingLayout<Name extends string> = { readonly slot: number; readonly fields: Record<Name, Field> }

/**
 * The slots that hold some members of a mapping's value, each once, in order.
 *
 * @param key The mapping's key, 32 bytes; of a mapping of mappings the outer one's first, then the inner one's.
 */
export function slotsOf<Name extends string>(
  layout: MappingLayout<Name>,
  key: Hex | readonly Hex[],
  names: readonly Name[],
): Hex[] {
  const first = hexToBigInt(mappingSlot(layout.slot, typeof key === 'string' ? [key] : key))
  return offsetsOf(layout, names).map((offset) =>
    numberToHex(BigInt.asUintN(256, first + BigInt(offset)), { size: 32 }),
  )
}

/** The first slot of a mapping's value. @param keys 32 bytes each, the outermost mapping's first. */
export function mappingSlot(slot: number, keys: readonly Hex[]): Hex {
  return keys.reduce((place, key) => keccak256(concatHex([key, place])), numberToHex(slot, { size: 32 }))
}

/** Takes the members out of the values of `slotsOf`, unsigned. */
export function fieldsOf<Name extends string>(
  layout: MappingLayout<Name>,
  names: readonly Name[],
  values: readonly Hex[],
): Record<Name, bigint> {
  const offsets = offsetsOf(layout, names)
  const entries = names.map((name) => {
    const { slot, offset, bytes } = layout.fields[name]
    const word = pad(values[offsets.indexOf(slot)] ?? '0x', { size: 32 })
    return [name, hexToBigInt(slice(word, 32 - offset - bytes, 32 - offset))] as const
  })
  return Object.fromEntries(entries) as Record<Name, bigint>
}

function offsetsOf<Name extends string>(layout: MappingLayout<Name>, names: readonly Name[]): number[] {
  return [...new Set(names.map((name) => layout.fields[name].slot))].sort((a, b) => a - b)
}
