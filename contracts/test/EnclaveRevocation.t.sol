// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "../src/interfaces/IEnclaveRegistry.sol";
import {KeyId} from "../src/types/AuctionTypes.sol";
import {Deployed} from "./support/Deployed.sol";

/// @notice An enclave withdraws its key by its own signature, whoever sends it.
contract EnclaveRevocationTest is Deployed {
    uint256 internal constant SECOND_KEY = uint256(keccak256("second enclave"));

    function test_revoked_key_is_known_usable_and_active_no_more() public {
        bytes memory signature = revocation(keyId, ENCLAVE_KEY);
        vm.expectEmit(true, true, true, true, address(registry));
        emit IEnclaveRegistry.SealingKeyRevoked(keyId);
        vm.prank(address(0xB0B));
        registry.revoke(keyId, signature);
        assertEq(registry.getSealingKey(keyId).revokedAt, block.timestamp, "revoked");
        assertTrue(!registry.isKnownKey(keyId), "known");
        assertTrue(!registry.isUsableKey(keyId, block.timestamp + 1), "usable");
        assertTrue(!registry.isActiveSigner(keyId, vm.addr(ENCLAVE_KEY)), "active");
    }

    function test_any_signer_of_the_key_may_revoke_it() public {
        registry.register(registration(vm.addr(SECOND_KEY), SEALING_KEY));
        registry.revoke(keyId, revocation(keyId, SECOND_KEY));
        assertTrue(!registry.isKnownKey(keyId), "known");
    }

    function test_signer_of_another_key_may_not() public {
        registry.register(registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY));
        refused(keyId, revocation(keyId, SECOND_KEY), vm.addr(SECOND_KEY));
    }

    function test_the_operator_may_not() public {
        uint256 operator = uint256(keccak256("operator"));
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        (r.operator, r.appId) = (vm.addr(operator), bytes20(vm.addr(operator)));
        r.evidence = attest(r, ROOT_KEY);
        vm.prank(r.operator);
        KeyId added = registry.register(r);
        refused(added, revocation(added, operator), vm.addr(operator));
    }

    function test_unreadable_signature_and_unknown_key_revoke_nothing() public {
        refused(keyId, "", address(0));
        refused(keyId, new bytes(65), address(0));
        KeyId unknown = KeyId.wrap(keccak256("unknown"));
        refused(unknown, revocation(unknown, ENCLAVE_KEY), vm.addr(ENCLAVE_KEY));
    }

    function test_revocation_is_for_one_registry_and_chain() public {
        bytes memory signature = revocation(keyId, ENCLAVE_KEY);
        IEnclaveRegistry here = registry;
        registry = IEnclaveRegistry(vm.deployCode("EnclaveRegistry.sol:EnclaveRegistry", abi.encode(verifier)));
        registry.register(registration(vm.addr(ENCLAVE_KEY), SEALING_KEY));
        vm.expectPartialRevert(IEnclaveRegistry.UnknownSigner.selector);
        registry.revoke(keyId, signature);
        vm.chainId(31338);
        vm.expectPartialRevert(IEnclaveRegistry.UnknownSigner.selector);
        here.revoke(keyId, signature);
    }

    function test_revoked_key_does_not_come_back() public {
        bytes memory signature = revocation(keyId, ENCLAVE_KEY);
        registry.revoke(keyId, signature);
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), SEALING_KEY);
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.RegistrationMismatch.selector, keyId));
        registry.register(r);
        refused(keyId, signature, vm.addr(ENCLAVE_KEY));
    }

    function refused(KeyId key, bytes memory signature, address signer) private {
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.UnknownSigner.selector, signer));
        registry.revoke(key, signature);
    }
}
