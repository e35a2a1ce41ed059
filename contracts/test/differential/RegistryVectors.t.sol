// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "../../src/interfaces/IEnclaveRegistry.sol";
import {KeyId} from "../../src/types/AuctionTypes.sol";
import {Deployed} from "../support/Deployed.sol";

/// @notice The registry against tests/vectors/registry.json, which lib/protocol writes: both must say alike.
contract RegistryVectorsTest is Deployed {
    address internal constant FIRST_ACCOUNT = 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266;
    address internal constant OPERATOR = address(0x09E8A7);

    string internal json;

    function setUp() public override {
        super.setUp();
        json = vm.readFile("../tests/vectors/registry.json");
    }

    function test_report_data() public {
        IEnclaveRegistry at = deployedByTheFirstAccount();
        uint256 i;
        for (; has(".reports", i); ++i) {
            string memory path = item(".reports", i);
            IEnclaveRegistry.Registration memory r;
            r.signer = vm.parseJsonAddress(json, string.concat(path, ".signer"));
            r.operator = vm.parseJsonAddress(json, string.concat(path, ".operator"));
            r.epoch = uint64(number(path, ".epoch"));
            r.publicKey = vm.parseJsonBytes(json, string.concat(path, ".publicKey"));
            (r.notBefore, r.notAfter) = (uint64(number(path, ".notBefore")), uint64(number(path, ".notAfter")));
            bytes memory expected = vm.parseJsonBytes(json, string.concat(path, ".reportData"));
            assertEq(keccak256(at.reportData(r)), keccak256(expected), path);
        }
        assertEq(i, 3, "reports");
    }

    function test_which_key_serves_a_span() public {
        for (uint256 i; has(".happenings", i); ++i) happen(item(".happenings", i));
        assertEq(registry.keyCountOf(OPERATOR), 30, "keys");
        uint256 named;
        uint256 spans;
        for (; has(".spans", spans); ++spans) {
            string memory path = item(".spans", spans);
            KeyId serving = registry.keyAt(OPERATOR, number(path, ".from"), number(path, ".until"));
            int256 key = vm.parseJsonInt(json, string.concat(path, ".key"));
            bytes32 expected = key < 0 ? bytes32(0) : keccak256(publicKeyOf(uint256(key)));
            assertEq(KeyId.unwrap(serving), expected, path);
            if (key >= 0) named += 1;
        }
        assertEq(spans, 60, "spans");
        assertTrue(named > 15 && named < 55, vm.toString(named));
    }

    function happen(string memory path) private {
        vm.warp(number(path, ".at"));
        uint256 key = number(path, ".key");
        bytes32 act = keccak256(bytes(vm.parseJsonString(json, string.concat(path, ".act"))));
        KeyId id = KeyId.wrap(keccak256(publicKeyOf(key)));
        IEnclaveRegistry.Registration memory r = registrationOf(key);
        if (act == keccak256("admit")) {
            vm.prank(OPERATOR);
            registry.register(r);
        } else if (act == keccak256("retire")) {
            registry.report(r, rootSays("late", r, ROOT_KEY));
        } else {
            registry.revoke(id, revocation(id, ENCLAVE_KEY));
        }
    }

    function registrationOf(uint256 key) private view returns (IEnclaveRegistry.Registration memory r) {
        r = registration(vm.addr(ENCLAVE_KEY), publicKeyOf(key));
        (r.operator, r.appId) = (OPERATOR, bytes20(OPERATOR));
        r.notBefore = uint64(number(item(".keys", key), ".notBefore"));
        r.notAfter = uint64(number(item(".keys", key), ".notAfter"));
        r.evidence = attest(r, ROOT_KEY);
    }

    function publicKeyOf(uint256 key) private view returns (bytes memory) {
        return vm.parseJsonBytes(json, string.concat(item(".keys", key), ".publicKey"));
    }

    /// @dev The vectors' address is that of the first contract of anvil's first account.
    function deployedByTheFirstAccount() private returns (IEnclaveRegistry) {
        bytes memory code = bytes.concat(vm.getCode("EnclaveRegistry.sol:EnclaveRegistry"), abi.encode(verifier));
        address deployed;
        vm.prank(FIRST_ACCOUNT);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        assertEq(deployed, vm.parseJsonAddress(json, ".registry"), "address");
        assertEq(vm.parseJsonUint(json, ".chainId"), block.chainid, "chain id");
        return IEnclaveRegistry(deployed);
    }

    function has(string memory list, uint256 i) private view returns (bool) {
        return vm.keyExistsJson(json, item(list, i));
    }

    function item(string memory list, uint256 i) private pure returns (string memory) {
        return string.concat(list, "[", vm.toString(i), "]");
    }

    function number(string memory path, string memory key) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(path, key));
    }
}
