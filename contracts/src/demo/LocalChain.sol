// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title Keeps demonstration contracts off every chain but the local one.
abstract contract LocalChain {
    error LocalChainOnly(uint256 chainId);

    constructor() {
        if (block.chainid != 31337) revert LocalChainOnly(block.chainid);
    }
}
