export declare const SIZE_LIMIT: number
export type ContractSize = { name: string; bytes: number }
/** Bytes of deployed code by contract, the largest first. @param artifacts Forge's, by the contract's name. */
export declare function sizesOf(artifacts: Record<string, { deployedBytecode: { object: string } }>): ContractSize[]
/** A line a contract, and which are above the limit. */
export declare function judgeSizes(sizes: ContractSize[]): { lines: string[]; tooLarge: string[] }
