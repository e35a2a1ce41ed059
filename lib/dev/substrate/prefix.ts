/** How the local Asset Hub's runtime writes addresses: it is the one of Rococo's, which took Kusama's prefix. */
export const LOCAL_HUB_PREFIX = 2
