// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "../src/interfaces/IEnclaveRegistry.sol";
import {KeyId} from "../src/types/AuctionTypes.sol";
import {Deployed} from "./support/Deployed.sol";

/// @notice Anyone may show that an entry verifies no more; an enclave says where its operator serves its files.
contract EnclaveReportsTest is Deployed {
    uint256 internal constant SECOND_KEY = uint256(keccak256("second enclave"));

    function test_a_refuted_entry_costs_the_key() public {
        registry.register(registration(vm.addr(SECOND_KEY), SEALING_KEY));
        IEnclaveRegistry.Registration memory r = registration(vm.addr(ENCLAVE_KEY), SEALING_KEY);
        bytes memory proof = rootSays("withdrawn", r, ROOT_KEY);
        vm.expectEmit(true, true, true, true, address(registry));
        emit IEnclaveRegistry.EntryRefuted(keyId, r.signer, address(0xB0B));
        vm.expectEmit(true, true, true, true, address(registry));
        emit IEnclaveRegistry.SealingKeyRevoked(keyId);
        vm.prank(address(0xB0B));
        registry.report(r, proof);
        assertTrue(!registry.isKnownKey(keyId), "known");
        assertTrue(!registry.isActiveSigner(keyId, vm.addr(SECOND_KEY)), "the other signer of the same key");
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.NotRegistered.selector, keyId, r.signer));
        registry.report(r, proof);
    }

    function test_without_the_verifiers_word_nothing_happens() public {
        IEnclaveRegistry.Registration memory r = registration(vm.addr(ENCLAVE_KEY), SEALING_KEY);
        bytes memory strangers = rootSays("withdrawn", r, SECOND_KEY);
        bytes memory reason = abi.encodeWithSelector(IEnclaveRegistry.NotRefuted.selector, keyId, r.signer);
        vm.expectRevert(reason);
        registry.report(r, strangers);
        // The admission itself is no withdrawal.
        vm.expectRevert(reason);
        registry.report(r, r.evidence);
        assertTrue(registry.isKnownKey(keyId), "known");
    }

    function test_the_report_is_about_the_entry_as_registered() public {
        for (uint256 field; field < 7; ++field) {
            IEnclaveRegistry.Registration memory r = registration(vm.addr(ENCLAVE_KEY), SEALING_KEY);
            if (field == 0) r.epoch += 1;
            if (field == 1) r.notBefore -= 1;
            if (field == 2) r.notAfter += 1;
            if (field == 3) r.signer = vm.addr(SECOND_KEY);
            if (field == 4) r.evidence = bytes.concat(r.evidence, hex"00");
            if (field == 5) r.operator = address(0xB0B);
            if (field == 6) r.appId = bytes20(address(0xB0B));
            bytes memory proof = rootSays("withdrawn", r, ROOT_KEY);
            vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.NotRegistered.selector, keyId, r.signer));
            registry.report(r, proof);
        }
    }

    function test_the_enclave_says_where_its_files_are_and_anyone_may_send_it() public {
        address signer = vm.addr(ENCLAVE_KEY);
        bytes memory signature = urlStatement(ENCLAVE_KEY, signer, 1, "https://one.example");
        vm.expectEmit(true, true, true, true, address(registry));
        emit IEnclaveRegistry.UrlSet(signer, 1, "https://one.example");
        vm.prank(address(0xB0B));
        registry.setUrl(signer, 1, "https://one.example", signature);
        assertEq(keccak256(bytes(registry.urlOf(signer))), keccak256("https://one.example"), "url");

        registry.setUrl(signer, 3, "https://two.example", urlStatement(ENCLAVE_KEY, signer, 3, "https://two.example"));
        assertEq(keccak256(bytes(registry.urlOf(signer))), keccak256("https://two.example"), "later");
        // An earlier statement, or the same again, is of the past.
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.StaleUrl.selector, signer, 1));
        registry.setUrl(signer, 1, "https://one.example", signature);
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.StaleUrl.selector, signer, 3));
        registry.setUrl(signer, 3, "https://one.example", signature);
    }

    function test_nobody_speaks_for_another_enclave() public {
        address signer = vm.addr(ENCLAVE_KEY);
        bytes memory signature = urlStatement(ENCLAVE_KEY, signer, 1, "https://one.example");
        vm.expectPartialRevert(IEnclaveRegistry.UnknownSigner.selector);
        registry.setUrl(signer, 1, "https://evil.example", signature);
        vm.expectPartialRevert(IEnclaveRegistry.UnknownSigner.selector);
        registry.setUrl(signer, 2, "https://one.example", signature);
        vm.expectPartialRevert(IEnclaveRegistry.UnknownSigner.selector);
        registry.setUrl(vm.addr(SECOND_KEY), 1, "https://one.example", signature);
        vm.expectPartialRevert(IEnclaveRegistry.UnknownSigner.selector);
        registry.setUrl(address(0), 1, "https://one.example", new bytes(65));
        vm.chainId(31338);
        vm.expectPartialRevert(IEnclaveRegistry.UnknownSigner.selector);
        registry.setUrl(signer, 1, "https://one.example", signature);
    }

    function test_an_address_has_an_end() public {
        address signer = vm.addr(ENCLAVE_KEY);
        string memory long = string(new bytes(257));
        bytes memory signature = urlStatement(ENCLAVE_KEY, signer, 1, long);
        vm.expectRevert(abi.encodeWithSelector(IEnclaveRegistry.UrlTooLong.selector, 257));
        registry.setUrl(signer, 1, long, signature);
    }

    function urlStatement(uint256 key, address signer, uint64 version, string memory url)
        private
        view
        returns (bytes memory)
    {
        bytes32 typehash = keccak256("EnclaveUrl(address signer,uint64 version,string url)");
        bytes32 statement = keccak256(abi.encode(typehash, signer, version, keccak256(bytes(url))));
        return sign(key, keccak256(abi.encodePacked(hex"1901", domainSeparator(address(registry)), statement)));
    }
}
