// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "../../src/interfaces/IEnclaveRegistry.sol";
import {KeyId} from "../../src/types/AuctionTypes.sol";
import {BookModel} from "./BookModel.sol";

/// @notice The market's operator: keys that last and keys that do not, each with signers of its own.
abstract contract BookSigners is BookModel {
    uint256 internal constant SIGNERS = 5;

    uint256 internal keys;
    mapping(KeyId => uint256[]) internal enclavesOf;
    mapping(KeyId => uint256) private numberOf;
    mapping(KeyId => uint64[2]) private timesOf;

    function setUp() public virtual override {
        super.setUp();
        admit(1_700_000_000, 2_000_000_000);
        // It serves from the next batch on.
        vm.warp(block.timestamp + SHORT);
    }

    function honest(uint64 batchId) internal view returns (bool, uint256) {
        KeyId key = book.keyOfBatch(market, batchId);
        uint256[] storage enclaves = enclavesOf[key];
        for (uint256 i; i < enclaves.length && registry.isKnownKey(key); ++i) {
            if (!barred[vm.addr(enclaves[i])]) return (true, enclaves[i]);
        }
        return (false, 0);
    }

    /// @dev Most of the time one that may.
    function anySigner(KeyId key, uint256 which) internal view returns (uint256) {
        uint256[] storage enclaves = enclavesOf[key];
        if (enclaves.length == 0 || which % 8 == 0) return 0x51640000 + which % (SIGNERS * keys);
        return enclaves[which % enclaves.length];
    }

    /// @notice A key, with signers that no other has.
    function admit(uint64 notBefore, uint64 notAfter) internal {
        KeyId admitted;
        for (uint256 i; i < SIGNERS; ++i) {
            uint256 enclave = 0x51640000 + SIGNERS * keys + i;
            IEnclaveRegistry.Registration memory r = registrationOf(keys, vm.addr(enclave), notBefore, notAfter);
            admitted = registry.register(r);
            enclavesOf[admitted].push(enclave);
        }
        (numberOf[admitted], timesOf[admitted]) = (keys, [notBefore, notAfter]);
        keys += 1;
    }

    function retire(KeyId key) internal {
        (uint64 notBefore, uint64 notAfter) = (timesOf[key][0], timesOf[key][1]);
        IEnclaveRegistry.Registration memory r =
            registrationOf(numberOf[key], vm.addr(enclavesOf[key][0]), notBefore, notAfter);
        registry.report(r, rootSays("late", r, ROOT_KEY));
    }

    function registrationOf(uint256 number, address signer, uint64 notBefore, uint64 notAfter)
        private
        view
        returns (IEnclaveRegistry.Registration memory r)
    {
        (uint256 x, uint256 y) = vm.publicKeyP256(100 + number);
        r = registration(signer, abi.encodePacked(bytes1(0x04), x, y));
        (r.notBefore, r.notAfter) = (notBefore, notAfter);
        r.evidence = attest(r, ROOT_KEY);
    }
}
