// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IDcapAttestation} from "../../../src/interfaces/IDcapAttestation.sol";

/// @notice A DCAP verifier that answers as told: the real one needs Intel's collateral on its chain.
contract ScriptedDcap is IDcapAttestation {
    bytes public asked;
    bool private _success;
    bytes private _output;
    bool private _fails;

    function say(bool success, bytes calldata output) external {
        (_success, _output, _fails) = (success, output, false);
    }

    function fail() external {
        _fails = true;
    }

    function verifyAndAttestOnChain(bytes calldata rawQuote) external payable returns (bool, bytes memory) {
        require(!_fails, "told to fail");
        asked = rawQuote;
        return (_success, _output);
    }
}
