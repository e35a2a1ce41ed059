// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "../src/interfaces/IEnclaveRegistry.sol";
import {KeyId} from "../src/types/AuctionTypes.sol";
import {Deployed} from "./support/Deployed.sol";

contract EnclaveRegistryTest is Deployed {
    uint256 internal constant SECOND_KEY = uint256(keccak256("second enclave"));

    function test_registration_keeps_the_key_and_admits_the_signer() public {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        KeyId expected = KeyId.wrap(keccak256(OTHER_SEALING_KEY));
        vm.expectEmit(true, true, true, true, address(registry));
        emit IEnclaveRegistry.SealingKeyRegistered(
            expected, r.operator, r.epoch, r.appId, r.notBefore, r.notAfter, OTHER_SEALING_KEY
        );
        vm.expectEmit(true, true, true, true, address(registry));
        emit IEnclaveRegistry.SignerAdmitted(expected, r.signer, true, r.evidence);
        KeyId added = registry.register(r);
        assertEq(KeyId.unwrap(added), KeyId.unwrap(expected), "keyId");
        IEnclaveRegistry.SealingKey memory key = registry.getSealingKey(added);
        IEnclaveRegistry.SealingKey memory kept = IEnclaveRegistry.SealingKey(
            r.notBefore, r.notAfter, uint40(block.timestamp), 0, 0, r.operator, r.epoch, 1, r.appId, r.publicKey
        );
        assertEq(keccak256(abi.encode(key)), keccak256(abi.encode(kept)), "key");
        assertTrue(registry.isActiveSigner(added, r.signer), "signer");
        assertTrue(!registry.isActiveSigner(keyId, r.signer), "signer of this key alone");
    }

    function test_report_data_is_signer_statement_and_zeros() public view {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        bytes32 statement = keccak256(
            abi.encode(2, block.chainid, address(registry), r.operator, r.epoch, r.publicKey, r.notBefore, r.notAfter)
        );
        bytes memory expected = abi.encodePacked(r.signer, statement, bytes12(0));
        assertEq(expected.length, 64, "length");
        assertEq(keccak256(registry.reportData(r)), keccak256(expected), "report data");
    }

    function test_sealing_key_is_a_point_of_p256() public {
        bytes memory offCurve = SEALING_KEY;
        offCurve[64] = bytes1(uint8(offCurve[64]) ^ 1);
        refused(offCurve);
        bytes memory compressedPrefix = SEALING_KEY;
        compressedPrefix[0] = 0x02;
        refused(compressedPrefix);
        refused(bytes.concat(SEALING_KEY, hex"00"));
        refused("");
        bytes memory infinity = new bytes(65);
        infinity[0] = 0x04;
        refused(infinity);
        // A point of secp256k1 is none of P-256.
        refused(
            hex"0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
        );
    }

    function test_sealing_key_with_a_coordinate_beyond_the_field_is_refused() public {
        // P-256 has the point (5, y); 5 + p is the same number by another name.
        uint256 p = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF;
        uint256 y = 0x459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc;
        refused(abi.encodePacked(bytes1(0x04), 5 + p, y));
        registry.register(registration(vm.addr(SECOND_KEY), abi.encodePacked(bytes1(0x04), uint256(5), y)));
    }

    function test_period_and_signer_make_sense() public {
        IEnclaveRegistry.Registration memory r = registration(address(0), OTHER_SEALING_KEY);
        vm.expectRevert(IEnclaveRegistry.ZeroSigner.selector);
        registry.register(r);
        r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        r.notAfter = r.notBefore;
        vm.expectRevert(
            abi.encodeWithSelector(IEnclaveRegistry.InvalidPeriod.selector, r.notBefore, r.notAfter)
        );
        registry.register(r);
    }

    function test_evidence_covers_every_field() public {
        for (uint256 field; field < 7; ++field) {
            IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
            if (field == 0) r.signer = address(0xBAD);
            if (field == 1) r.epoch += 1;
            if (field == 2) r.notBefore -= 1;
            if (field == 3) r.notAfter += 1;
            if (field == 4) r.publicKey = SEALING_KEY;
            if (field == 5) r.operator = address(0xB0B);
            if (field == 6) r.appId = bytes20(address(0xB0B));
            vm.expectRevert(IEnclaveRegistry.EvidenceRejected.selector);
            vm.prank(r.operator);
            registry.register(r);
        }
    }

    function test_evidence_comes_from_the_root_and_is_whole() public {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        r.evidence = attest(r, SECOND_KEY);
        vm.expectRevert(IEnclaveRegistry.EvidenceRejected.selector);
        registry.register(r);
        r.evidence = "";
        vm.expectRevert(IEnclaveRegistry.EvidenceRejected.selector);
        registry.register(r);
    }

    function test_evidence_for_another_registry_or_chain_is_refused() public {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        IEnclaveRegistry other =
            IEnclaveRegistry(vm.deployCode("EnclaveRegistry.sol:EnclaveRegistry", abi.encode(verifier)));
        vm.expectRevert(IEnclaveRegistry.EvidenceRejected.selector);
        other.register(r);
    }

    function test_the_chain_id_is_the_one_at_deployment() public {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        bytes memory here = registry.reportData(r);
        vm.chainId(31338);
        assertEq(keccak256(registry.reportData(r)), keccak256(here), "a chain that changes its id");
        registry.register(r);
        IEnclaveRegistry elsewhere =
            IEnclaveRegistry(vm.deployCode("EnclaveRegistry.sol:EnclaveRegistry", abi.encode(verifier)));
        bytes memory statement = abi.encode(
            2, 31338, address(elsewhere), r.operator, r.epoch, r.publicKey, r.notBefore, r.notAfter
        );
        bytes memory expected = abi.encodePacked(r.signer, keccak256(statement), bytes12(0));
        assertEq(keccak256(elsewhere.reportData(r)), keccak256(expected), "another chain");
    }

    function test_only_the_operator_whom_the_evidence_names_may_send_it() public {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.NotOperator.selector, r.operator));
        vm.prank(address(0xBAD));
        registry.register(r);
        KeyId added = registry.register(r);
        assertTrue(registry.isActiveSigner(added, r.signer), "the enclave's signer is admitted");
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.AlreadyRegistered.selector, added, r.signer));
        registry.register(r);
    }

    function test_a_key_is_of_the_operator_and_the_app_that_registered_it_first() public {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), SEALING_KEY);
        r.operator = address(0xB0B);
        r.evidence = attest(r, ROOT_KEY);
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.RegistrationMismatch.selector, keyId));
        vm.prank(r.operator);
        registry.register(r);
        r = registration(vm.addr(SECOND_KEY), SEALING_KEY);
        r.appId = bytes20(address(0xB0B));
        r.evidence = attest(r, ROOT_KEY);
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.RegistrationMismatch.selector, keyId));
        registry.register(r);
    }

    function test_an_app_is_of_the_operator_who_registered_a_key_of_it_first() public {
        assertEq(registry.operatorOf(APP_ID), address(this), "operator");
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        r.operator = address(0xB0B);
        r.evidence = attest(r, ROOT_KEY);
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.AppOfAnother.selector, APP_ID, address(this)));
        vm.prank(r.operator);
        registry.register(r);
        r.appId = bytes20(address(0xA99));
        assertEq(registry.operatorOf(r.appId), address(0), "nobody's yet");
        r.evidence = attest(r, ROOT_KEY);
        vm.prank(r.operator);
        registry.register(r);
        assertEq(registry.operatorOf(r.appId), address(0xB0B), "his own");
        r = registration(vm.addr(SECOND_KEY), OTHER_SEALING_KEY);
        r.appId = 0;
        vm.expectRevert(IEnclaveRegistry.ZeroAppId.selector);
        registry.register(r);
    }

    function test_a_key_has_at_most_sixteen_signers() public {
        for (uint256 i = 1; i < 16; ++i) {
            registry.register(registration(vm.addr(SECOND_KEY + i), SEALING_KEY));
        }
        assertEq(registry.getSealingKey(keyId).signers, 16, "signers");
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), SEALING_KEY);
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.TooManySigners.selector, keyId));
        registry.register(r);
        registry.register(registration(r.signer, OTHER_SEALING_KEY));
    }

    function test_second_signer_shares_the_key_under_the_same_period() public {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), SEALING_KEY);
        for (uint256 field; field < 3; ++field) {
            IEnclaveRegistry.Registration memory wrong = registration(r.signer, SEALING_KEY);
            if (field == 0) wrong.epoch += 1;
            if (field == 1) wrong.notBefore += 1;
            if (field == 2) wrong.notAfter += 1;
            wrong.evidence = attest(wrong, ROOT_KEY);
            vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.RegistrationMismatch.selector, keyId));
            registry.register(wrong);
        }
        registry.register(r);
        assertEq(registry.signerIndexOf(keyId, vm.addr(ENCLAVE_KEY)), 1, "first");
        assertEq(registry.signerIndexOf(keyId, r.signer), 2, "second");
        assertEq(registry.signerIndexOf(keyId, address(0xBAD)), 0, "stranger");
    }

    function test_key_is_usable_within_its_period() public {
        IEnclaveRegistry.SealingKey memory key = registry.getSealingKey(keyId);
        assertTrue(registry.isUsableKey(keyId, key.notAfter), "closing at the end");
        assertTrue(!registry.isUsableKey(keyId, key.notAfter + 1), "closing after the end");
        vm.warp(key.notBefore);
        assertTrue(registry.isUsableKey(keyId, key.notAfter), "from its first second");
        vm.warp(key.notBefore - 1);
        assertTrue(!registry.isUsableKey(keyId, key.notAfter), "not before");
        assertTrue(registry.isKnownKey(keyId), "known at any time");
        assertTrue(!registry.isKnownKey(KeyId.wrap(0)), "unknown key");
    }

    function refused(bytes memory publicKey) private {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(SECOND_KEY), publicKey);
        vm.expectRevert(IEnclaveRegistry.InvalidSealingKey.selector);
        registry.register(r);
    }
}
