import type { Hex } from 'viem'

/** keccak256 of `subrosa/v1/<name>`: the domain tags that lead every hash. PROTOCOL.md sections 3 to 5. */
export const TAGS = {
  bid: '0xf20b50a496f5612ea7c9a05180cc3f9a4e2bc7e9639cfecaaf948430434ab158',
  cancel: '0x019c7b357db0b833fc7bd7c7e92af5e3ac283428b96a12386c5a5b21d5dd30dc',
  order: '0x25d7d8c66f9d2ab643403de612c5acfa030f76fde79e01b0c44da4ca5abfe9b9',
  open: '0x8f1c9c9ec7d6332bfd325893b49fa61ef1cca2bbd1c1f685e38fd5399137ecb0',
  opening: '0x1fbf6355aa5af99c24c9993623c94bde09792526dd59b263d87138990042c52f',
  anchor: '0xfcaac13eb3be19f759e913e3d67a97f04d68f79b9486baa1aeea024ffb269aab',
  link: '0xaf8a3b7008e68fb27c25a46251e33b943f82cb43ae55e6131d500fc236988f0c',
  params: '0x40bdc662ecfe3af9574609bd1256cfa5d4670fd7ecd68c2e446718ddae891e69',
} as const satisfies Record<string, Hex>

/** What a sealed blob holds. PROTOCOL.md section 4. */
export const KIND = { auction: 1, market: 2, sealedReserve: 3 } as const

/** The constant part of every EIP-712 domain. PROTOCOL.md section 4. */
export const EIP712_DOMAIN = { name: 'Subrosa', version: '1' } as const

/** Where accumulators and hash chains start. */
export const ZERO_HASH: Hex = `0x${'00'.repeat(32)}`

/** Nobody, and the chain's native coin where a token is asked for. */
export const ZERO_ADDRESS: Hex = `0x${'00'.repeat(20)}`

export const PROTOCOL_VERSION = 1
export const UINT32_MAX = 0xffff_ffff

/** The clearing price of an auction that sold nothing. PROTOCOL.md section 6. */
export const NO_SALE_PRICE = UINT32_MAX

/** `marginalSeq` of an auction whose supply did not run out. PROTOCOL.md section 6. */
export const NO_MARGINAL_SEQ = UINT32_MAX

/** salt(16) | enc(65) | pok(64) | ciphertext(96 + 16). PROTOCOL.md section 4. */
export const SEALED_BID_LENGTH = 257

/** In the order of the contract's enum. */
export const PRICING_RULES = ['FIRST_PRICE', 'SECOND_PRICE', 'UNIFORM_PRICE', 'PAY_AS_BID'] as const

export type PricingRule = (typeof PRICING_RULES)[number]

/** The contract's number for a pricing rule. */
export function pricingRuleIndex(rule: PricingRule): number {
  return PRICING_RULES.indexOf(rule)
}

/**
 * The pricing rule behind the contract's number.
 * @throws RangeError if no rule has that number.
 */
export function pricingRuleAt(index: number): PricingRule {
  const rule = PRICING_RULES[index]
  if (rule === undefined) throw new RangeError(`no pricing rule has number ${index}`)
  return rule
}

/** FIRST_PRICE and SECOND_PRICE sell one lot, and take bids for exactly one. PROTOCOL.md sections 5 and 6. */
export function isOneLotRule(rule: PricingRule): boolean {
  return rule === 'FIRST_PRICE' || rule === 'SECOND_PRICE'
}
