// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Assertions} from "./Assertions.sol";
import {LibraryHarness} from "./harness/LibraryHarness.sol";

/// @notice The libraries at a known address, since hashes name the contract that makes them.
abstract contract Harnessed is Assertions {
    address internal constant AT = 0x5FbDB2315678afecb367f032d93F642f64180aa3;

    LibraryHarness internal constant harness = LibraryHarness(AT);

    function setUp() public virtual {
        vm.etch(AT, address(new LibraryHarness()).code);
    }
}
