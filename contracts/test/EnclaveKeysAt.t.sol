// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "../src/interfaces/IEnclaveRegistry.sol";
import {KeyId} from "../src/types/AuctionTypes.sol";
import {Deployed} from "./support/Deployed.sol";

/// @notice Which of an operator's keys serves a span of time, and how long a key may be begun with.
contract EnclaveKeysAtTest is Deployed {
    address internal constant OPERATOR = address(0x09E8A7);
    uint256 internal constant FROM = 1_800_001_000;
    uint256 internal constant UNTIL = FROM + 60;

    function test_nobodys_keys_serve_no_time() public view {
        assertEq(registry.keyCountOf(OPERATOR), 0, "count");
        assertEq(keyAt(FROM), 0, "key");
    }

    function test_the_last_key_that_was_admitted_before_the_span_serves_it() public {
        bytes32 first = admit(1, FROM - 20);
        bytes32 second = admit(2, FROM - 1);
        bytes32 third = admit(3, FROM);
        assertEq(registry.keyCountOf(OPERATOR), 3, "count");
        assertEq(KeyId.unwrap(registry.keyOf(OPERATOR, 1)), second, "place");
        assertEq(KeyId.unwrap(registry.keyOf(OPERATOR, 3)), 0, "beyond the last");
        assertEq(keyAt(FROM), second, "the last before");
        assertEq(keyAt(FROM + 1), third, "a second later");
        assertEq(keyAt(FROM - 1), first, "a second earlier");
        assertEq(keyAt(FROM - 20), 0, "as the first comes");
        assertEq(KeyId.unwrap(registry.keyAt(address(this), FROM, UNTIL)), KeyId.unwrap(keyId), "another operator's");
    }

    function test_its_time_holds_the_whole_span() public {
        bytes32 longer = admit(1, FROM - 20, 1_700_000_000, uint64(UNTIL) + 1);
        bytes32 exact = admit(2, FROM - 10, uint64(FROM), uint64(UNTIL));
        admit(3, FROM - 9, uint64(FROM) + 1, uint64(UNTIL));
        admit(4, FROM - 8, uint64(FROM), uint64(UNTIL) - 1);
        assertEq(keyAt(FROM), exact, "to the second");
        assertEq(KeyId.unwrap(registry.keyAt(OPERATOR, FROM, UNTIL + 1)), longer, "an older one that holds it");
        assertEq(KeyId.unwrap(registry.keyAt(OPERATOR, FROM, UNTIL + 2)), 0, "none");
    }

    function test_a_key_that_was_revoked_before_the_span_does_not_serve_it() public {
        bytes32 first = admit(1, FROM - 20);
        bytes32 second = admit(2, FROM - 10);
        vm.warp(FROM);
        registry.revoke(KeyId.wrap(second), revocation(KeyId.wrap(second), ENCLAVE_KEY));
        assertEq(keyAt(FROM), second, "revoked as it began");
        assertEq(keyAt(FROM + 1), first, "revoked before");
        assertTrue(!registry.isKnownKey(KeyId.wrap(second)), "what the market asks beside");
    }

    function test_late_evidence_retires_the_key_for_what_begins_later() public {
        bytes32 first = admit(1, FROM - 20);
        bytes32 second = admit(2, FROM - 10);
        vm.warp(FROM);
        IEnclaveRegistry.Registration memory r = registrationOf(2, 1_700_000_000, 2_000_000_000);
        bytes memory proof = rootSays("late", r, ROOT_KEY);
        vm.expectEmit(true, true, true, true, address(registry));
        emit IEnclaveRegistry.SealingKeyRetired(KeyId.wrap(second), r.signer, address(0xB0B));
        vm.prank(address(0xB0B));
        registry.report(r, proof);
        assertEq(registry.getSealingKey(KeyId.wrap(second)).retiredAt, FROM, "retired");
        assertEq(keyAt(FROM), second, "the span that had begun");
        assertEq(keyAt(FROM + 1), first, "the next");
        assertTrue(!registry.isUsableKey(KeyId.wrap(second), UNTIL), "no new pins");
        assertTrue(registry.isKnownKey(KeyId.wrap(second)), "not revoked");
        assertTrue(registry.isActiveSigner(KeyId.wrap(second), r.signer), "what was pinned is settled");
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.AlreadyRetired.selector, KeyId.wrap(second)));
        registry.report(r, proof);
        registry.report(r, rootSays("withdrawn", r, ROOT_KEY));
        assertTrue(!registry.isKnownKey(KeyId.wrap(second)), "revoked all the same");
    }

    function test_a_signer_more_makes_a_key_no_newer() public {
        bytes32 first = admit(1, FROM - 20);
        bytes32 second = admit(2, FROM - 10);
        vm.warp(FROM - 5);
        IEnclaveRegistry.Registration memory r = registrationOf(1, 1_700_000_000, 2_000_000_000);
        r.signer = address(0x516);
        r.evidence = attest(r, ROOT_KEY);
        vm.prank(OPERATOR);
        registry.register(r);
        assertEq(keyAt(FROM), second, "the newer key");
        assertEq(keyAt(FROM - 15), first, "its own time of admission");
        assertEq(registry.keyCountOf(OPERATOR), 2, "count");
    }

    function test_eight_keys_are_looked_back_at() public {
        bytes32 lasting = admit(1, FROM - 50);
        for (uint256 i = 2; i < 9; ++i) admit(i, FROM - 50 + i, 1_700_000_000, uint64(FROM));
        assertEq(keyAt(FROM), lasting, "the eighth");
        admit(9, FROM - 20, 1_700_000_000, uint64(FROM));
        assertEq(keyAt(FROM), 0, "the ninth");
    }

    /// @dev Or an operator could void a running batch by registering.
    function test_keys_that_come_during_a_span_leave_it_its_own() public {
        bytes32 serving = admit(1, FROM - 1);
        for (uint256 i = 2; i < 40; ++i) admit(i, FROM + i / 2);
        assertEq(keyAt(FROM), serving, "however many");
        uint256 gas = gasleft();
        registry.keyAt(OPERATOR, FROM, UNTIL);
        assertTrue(gas - gasleft() < 60_000, "nor dear to find");
    }

    function keyAt(uint256 from) private view returns (bytes32) {
        return KeyId.unwrap(registry.keyAt(OPERATOR, from, from + UNTIL - FROM));
    }

    function admit(uint256 number, uint256 time) private returns (bytes32) {
        return admit(number, time, 1_700_000_000, 2_000_000_000);
    }

    function admit(uint256 number, uint256 time, uint64 notBefore, uint64 notAfter) private returns (bytes32) {
        vm.warp(time);
        IEnclaveRegistry.Registration memory r = registrationOf(number, notBefore, notAfter);
        vm.prank(OPERATOR);
        return KeyId.unwrap(registry.register(r));
    }

    function registrationOf(uint256 number, uint64 notBefore, uint64 notAfter)
        private
        view
        returns (IEnclaveRegistry.Registration memory r)
    {
        (uint256 x, uint256 y) = vm.publicKeyP256(100 + number);
        r = registration(vm.addr(ENCLAVE_KEY), abi.encodePacked(bytes1(0x04), x, y));
        (r.operator, r.appId, r.notBefore, r.notAfter) = (OPERATOR, bytes20(OPERATOR), notBefore, notAfter);
        r.evidence = attest(r, ROOT_KEY);
    }
}
