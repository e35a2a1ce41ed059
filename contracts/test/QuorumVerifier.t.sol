// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IAttestationVerifier} from "../src/interfaces/IAttestationVerifier.sol";
import {IEnclaveRegistry} from "../src/interfaces/IEnclaveRegistry.sol";
import {KeyId} from "../src/types/AuctionTypes.sol";
import {Deployed} from "./support/Deployed.sol";

/// @notice Two of three attestors admit an enclave, and two of three withdraw it.
contract QuorumVerifierTest is Deployed {
    string internal constant ARTIFACT = "QuorumVerifier.sol:QuorumVerifier";
    bytes internal constant REPORT = "sixty-four bytes of report data: signer, statement, and zeros...";
    bytes internal constant QUOTE = "a quote of some length that is no multiple of thirty-two";
    IAttestationVerifier.Standing internal constant STANDS = IAttestationVerifier.Standing.STANDS;
    IAttestationVerifier.Standing internal constant LATE = IAttestationVerifier.Standing.LATE;
    IAttestationVerifier.Standing internal constant REFUTED = IAttestationVerifier.Standing.REFUTED;
    uint256[3] internal attestorKeys;
    IAttestationVerifier internal quorum;

    function setUp() public override {
        super.setUp();
        attestorKeys = [uint256(keccak256("attestor 1")), uint256(keccak256("attestor 2")), uint256(keccak256("attestor 3"))];
        for (uint256 i; i < 2; ++i) {
            for (uint256 j; j < 2 - i; ++j) {
                if (vm.addr(attestorKeys[j]) > vm.addr(attestorKeys[j + 1])) {
                    (attestorKeys[j], attestorKeys[j + 1]) = (attestorKeys[j + 1], attestorKeys[j]);
                }
            }
        }
        quorum = IAttestationVerifier(vm.deployCode(ARTIFACT, abi.encode(attestors(), 2)));
    }

    function test_any_two_of_the_three_admit() public {
        assertTrue(!quorum.simulated(), "hardware stands behind it");
        assertTrue(quorum.verify(REPORT, APP_ID, abi.encode(QUOTE, signatures("EnclaveAttestation", REPORT, QUOTE, 0, 1))), "0, 1");
        assertTrue(quorum.verify(REPORT, APP_ID, abi.encode(QUOTE, signatures("EnclaveAttestation", REPORT, QUOTE, 0, 2))), "0, 2");
        assertTrue(quorum.verify(REPORT, APP_ID, abi.encode(QUOTE, signatures("EnclaveAttestation", REPORT, QUOTE, 1, 2))), "1, 2");
    }

    function test_one_who_signs_twice_is_one() public {
        refused(REPORT, abi.encode(QUOTE, signatures("EnclaveAttestation", REPORT, QUOTE, 1, 1)), "twice");
        refused(REPORT, abi.encode(QUOTE, signatures("EnclaveAttestation", REPORT, QUOTE, 2, 0)), "out of order");
        bytes32 digest = digestOf("EnclaveAttestation", REPORT, QUOTE);
        refused(REPORT, abi.encode(QUOTE, sign(attestorKeys[0], digest)), "one of two");
        bytes memory three = bytes.concat(
            sign(attestorKeys[0], digest), sign(attestorKeys[1], digest), sign(attestorKeys[2], digest)
        );
        refused(REPORT, abi.encode(QUOTE, three), "more than asked for");
        refused(REPORT, abi.encode(QUOTE, bytes.concat(sign(attestorKeys[0], digest), new bytes(65))), "unreadable");
    }

    function test_a_stranger_does_not_count() public {
        bytes32 digest = digestOf("EnclaveAttestation", REPORT, QUOTE);
        uint256 stranger = ENCLAVE_KEY;
        bytes memory first = sign(attestorKeys[0], digest);
        bytes memory other = sign(stranger, digest);
        bytes memory both =
            vm.addr(stranger) > vm.addr(attestorKeys[0]) ? bytes.concat(first, other) : bytes.concat(other, first);
        refused(REPORT, abi.encode(QUOTE, both), "stranger");
    }

    function test_the_statement_covers_report_and_quote_and_is_for_one_verifier_and_chain() public {
        bytes memory approval = signatures("EnclaveAttestation", REPORT, QUOTE, 0, 1);
        refused(bytes.concat(REPORT, hex"00"), abi.encode(QUOTE, approval), "another report");
        refused(REPORT, abi.encode(bytes.concat(QUOTE, hex"00"), approval), "another quote");
        refused(REPORT, abi.encode(QUOTE, signatures("EnclaveWithdrawal", REPORT, QUOTE, 0, 1)), "a withdrawal");
        IAttestationVerifier other = IAttestationVerifier(vm.deployCode(ARTIFACT, abi.encode(attestors(), 2)));
        assertTrue(!other.verify(REPORT, APP_ID, abi.encode(QUOTE, approval)), "another verifier");
        vm.chainId(1);
        refused(REPORT, abi.encode(QUOTE, approval), "another chain");
    }

    function test_evidence_has_one_shape() public {
        bytes memory approval = signatures("EnclaveAttestation", REPORT, QUOTE, 0, 1);
        bytes memory good = abi.encode(QUOTE, approval);
        refused(REPORT, "", "empty");
        refused(REPORT, new bytes(127), "short");
        refused(REPORT, bytes.concat(good, new bytes(32)), "more after the end");
        bytes memory cut = abi.encode(QUOTE, approval);
        assembly ("memory-safe") {
            mstore(cut, sub(mload(cut), 1))
        }
        refused(REPORT, cut, "less");
        for (uint256 word; word < 3; ++word) {
            for (uint256 shift; shift < 256; shift += 31) {
                bytes memory bent = abi.encode(QUOTE, approval);
                assembly ("memory-safe") {
                    let place := add(bent, mul(add(word, 1), 32))
                    mstore(place, xor(mload(place), shl(shift, 1)))
                }
                refused(REPORT, bent, "bent offset or length");
            }
        }
    }

    function test_the_statement_covers_the_app() public {
        bytes memory evidence = abi.encode(QUOTE, signatures("EnclaveAttestation", REPORT, QUOTE, 0, 1));
        assertTrue(!quorum.verify(REPORT, bytes20(address(0xB0B)), evidence), "another app");
    }

    function test_withdrawal_and_retirement_take_the_same_two() public {
        bytes memory evidence = abi.encode(QUOTE, signatures("EnclaveAttestation", REPORT, QUOTE, 0, 1));
        says(evidence, signatures("EnclaveWithdrawal", REPORT, QUOTE, 1, 2), REFUTED, "withdrawn");
        says(evidence, signatures("EnclaveRetirement", REPORT, QUOTE, 1, 2), LATE, "late");
        says(evidence, signatures("EnclaveAttestation", REPORT, QUOTE, 1, 2), STANDS, "an attestation");
        says(evidence, signatures("EnclaveWithdrawal", REPORT, "other", 1, 2), STANDS, "another quote");
        says(evidence, signatures("EnclaveRetirement", REPORT, "other", 1, 2), STANDS, "late, another quote");
        says(evidence, sign(attestorKeys[0], digestOf("EnclaveRetirement", REPORT, QUOTE)), STANDS, "one of two");
        says(evidence, "", STANDS, "nobody");
        says("", signatures("EnclaveWithdrawal", REPORT, QUOTE, 1, 2), STANDS, "no evidence");
    }

    function test_quorum_is_possible_and_of_different_people() public {
        address[] memory three = attestors();
        refusedQuorum(three, 0, abi.encodeWithSignature("InvalidQuorum(uint256,uint256)", 0, 3));
        refusedQuorum(three, 4, abi.encodeWithSignature("InvalidQuorum(uint256,uint256)", 4, 3));
        (three[0], three[1]) = (three[1], three[0]);
        refusedQuorum(three, 2, abi.encodeWithSignature("AttestorsNotAscending(address)", three[1]));
        three = attestors();
        three[1] = three[0];
        refusedQuorum(three, 2, abi.encodeWithSignature("AttestorsNotAscending(address)", three[1]));
        three[0] = address(0);
        refusedQuorum(three, 2, abi.encodeWithSignature("AttestorsNotAscending(address)", address(0)));
    }

    function test_registry_admits_retires_and_withdraws_through_it() public {
        registry = IEnclaveRegistry(vm.deployCode("EnclaveRegistry.sol:EnclaveRegistry", abi.encode(quorum)));
        IEnclaveRegistry.Registration memory r = registration(vm.addr(ENCLAVE_KEY), SEALING_KEY);
        bytes memory data = registry.reportData(r);
        r.evidence = abi.encode(QUOTE, signatures("EnclaveAttestation", data, QUOTE, 0, 1));
        KeyId added = registry.register(r);
        assertTrue(registry.isActiveSigner(added, r.signer) && !registry.simulated(), "admitted");
        bytes memory lateness = signatures("EnclaveRetirement", data, QUOTE, 0, 2);
        bytes memory proof = signatures("EnclaveWithdrawal", data, QUOTE, 0, 2);
        vm.startPrank(address(0xB0B));
        registry.report(r, lateness);
        assertTrue(registry.isKnownKey(added) && !registry.isUsableKey(added, block.timestamp + 1), "retired");
        registry.report(r, proof);
        assertTrue(!registry.isKnownKey(added), "withdrawn");
        vm.stopPrank();
    }

    function attestors() private view returns (address[] memory list) {
        list = new address[](3);
        for (uint256 i; i < 3; ++i) list[i] = vm.addr(attestorKeys[i]);
    }

    function refused(bytes memory reportData, bytes memory evidence, string memory what) private {
        assertTrue(!quorum.verify(reportData, APP_ID, evidence), what);
    }

    function says(
        bytes memory evidence,
        bytes memory proof,
        IAttestationVerifier.Standing expected,
        string memory what
    ) private {
        assertTrue(quorum.review(REPORT, APP_ID, evidence, proof) == expected, what);
    }

    function refusedQuorum(address[] memory list, uint256 threshold, bytes memory reason) private {
        bytes memory code = bytes.concat(vm.getCode(ARTIFACT), abi.encode(list, threshold));
        bytes memory answer;
        address deployed;
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
            answer := mload(0x40)
            mstore(answer, returndatasize())
            returndatacopy(add(answer, 32), 0, returndatasize())
            mstore(0x40, add(answer, add(64, returndatasize())))
        }
        assertEq(deployed, address(0), "deployed");
        assertEq(keccak256(answer), keccak256(reason), "reason");
    }

    function digestOf(string memory name, bytes memory reportData, bytes memory quote) private view returns (bytes32) {
        bytes32 typehash = keccak256(bytes.concat(bytes(name), "(bytes reportData,bytes20 appId,bytes32 quoteHash)"));
        bytes32 statement = keccak256(abi.encode(typehash, keccak256(reportData), APP_ID, keccak256(quote)));
        return keccak256(abi.encodePacked(hex"1901", domainSeparator(address(quorum)), statement));
    }

    function signatures(string memory name, bytes memory reportData, bytes memory quote, uint256 first, uint256 second)
        private
        view
        returns (bytes memory)
    {
        bytes32 digest = digestOf(name, reportData, quote);
        return bytes.concat(sign(attestorKeys[first], digest), sign(attestorKeys[second], digest));
    }
}
