// How large the deployed contracts are. EIP-170 takes no code above 24,576 bytes; the limit here leaves room for a repair.
export const SIZE_LIMIT = 23_500;

/**
 * Bytes of deployed code by contract, the largest first.
 * @param {Record<string, { deployedBytecode: { object: string } }>} artifacts Forge's, by the contract's name.
 */
export function sizesOf(artifacts) {
  return Object.entries(artifacts)
    .map(([name, { deployedBytecode }]) => ({ name, bytes: (deployedBytecode.object.length - 2) / 2 }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** A line a contract, and which are above the limit. */
export function judgeSizes(sizes) {
  const lines = sizes.map(({ name, bytes }) => `${String(bytes).padStart(7)}  ${name}`);
  return { lines, tooLarge: sizes.filter(({ bytes }) => bytes > SIZE_LIMIT).map(({ name }) => name) };
}
