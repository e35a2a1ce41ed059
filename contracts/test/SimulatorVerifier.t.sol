// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IAttestationVerifier} from "../src/interfaces/IAttestationVerifier.sol";
import {Deployed} from "./support/Deployed.sol";

contract SimulatorVerifierTest is Deployed {
    bytes internal constant REPORT = "sixty-four bytes of report data: signer, statement, and zeros...";

    function test_it_says_that_it_is_simulated() public view {
        assertTrue(verifier.simulated(), "verifier");
        assertTrue(registry.simulated(), "registry");
    }

    function test_root_vouches_for_one_report() public {
        bytes memory evidence = vouched(REPORT, APP_ID, ROOT_KEY);
        assertTrue(verifier.verify(REPORT, APP_ID, evidence), "its report");
        assertTrue(!verifier.verify(bytes.concat(REPORT, hex"00"), APP_ID, evidence), "another report");
        assertTrue(!verifier.verify(REPORT, APP_ID, vouched(REPORT, APP_ID, ENCLAVE_KEY)), "another root");
    }

    function test_root_vouches_for_one_quote() public {
        (, bytes memory approval) = abi.decode(vouched(REPORT, APP_ID, ROOT_KEY), (bytes, bytes));
        assertTrue(!verifier.verify(REPORT, APP_ID, abi.encode(bytes("another quote"), approval)), "another quote");
    }

    function test_root_vouches_for_one_app() public {
        bytes memory evidence = vouched(REPORT, APP_ID, ROOT_KEY);
        assertTrue(!verifier.verify(REPORT, bytes20(address(0xB0B)), evidence), "another app");
    }

    function test_root_withdraws_what_it_vouched_for_or_finds_it_late() public {
        bytes memory evidence = vouched(REPORT, APP_ID, ROOT_KEY);
        bytes32 withdrawal = keccak256(abi.encode("withdrawn", REPORT, APP_ID, keccak256("a quote")));
        bytes32 lateness = keccak256(abi.encode("late", REPORT, APP_ID, keccak256("a quote")));
        standing(evidence, sign(ROOT_KEY, withdrawal), IAttestationVerifier.Standing.REFUTED, "the root's word");
        standing(evidence, sign(ROOT_KEY, lateness), IAttestationVerifier.Standing.LATE, "the root's other word");
        standing(evidence, sign(ENCLAVE_KEY, withdrawal), IAttestationVerifier.Standing.STANDS, "another's word");
        (, bytes memory approval) = abi.decode(evidence, (bytes, bytes));
        standing(evidence, approval, IAttestationVerifier.Standing.STANDS, "an approval is neither");
        standing(approval, sign(ROOT_KEY, withdrawal), IAttestationVerifier.Standing.STANDS, "of no evidence");
        assertTrue(
            verifier.review(REPORT, bytes20(address(0xB0B)), evidence, sign(ROOT_KEY, withdrawal))
                == IAttestationVerifier.Standing.STANDS,
            "of another app"
        );
    }

    function test_broken_evidence_is_a_no_and_not_an_error() public {
        assertTrue(!verifier.verify(REPORT, APP_ID, ""), "empty");
        assertTrue(!verifier.verify(REPORT, APP_ID, new bytes(65)), "zeros");
        assertTrue(!verifier.verify(REPORT, APP_ID, sign(ROOT_KEY, keccak256(REPORT))), "a signature without a quote");
        assertTrue(!verifier.verify(REPORT, APP_ID, abi.encode(bytes("a quote"), new bytes(64))), "short signature");
        assertTrue(!verifier.verify(REPORT, APP_ID, bytes.concat(vouched(REPORT, APP_ID, ROOT_KEY), hex"00")), "more behind it");
    }

    function test_verifier_without_a_root_admits_nobody() public {
        address rootless = vm.deployCode("SimulatorVerifier.sol:SimulatorVerifier", abi.encode(address(0)));
        bytes memory unreadable = abi.encode(bytes("a quote"), new bytes(65));
        (bool ok, bytes memory answer) = rootless.staticcall(abi.encodeCall(verifier.verify, (REPORT, APP_ID, unreadable)));
        assertTrue(ok && !abi.decode(answer, (bool)), "unreadable signature admitted");
    }

    function test_local_contracts_deploy_on_the_local_chain_alone() public {
        refusedElsewhere("SimulatorVerifier.sol:SimulatorVerifier", abi.encode(vm.addr(ROOT_KEY)));
        refusedElsewhere("DemoToken.sol:DemoToken", abi.encode("Demo dollar", "DEMO"));
        refusedElsewhere("DemoLots.sol:DemoLots", "");
        refusedElsewhere("DemoEditions.sol:DemoEditions", "");
    }

    function standing(
        bytes memory evidence,
        bytes memory proof,
        IAttestationVerifier.Standing expected,
        string memory what
    ) private {
        assertTrue(verifier.review(REPORT, APP_ID, evidence, proof) == expected, what);
    }

    function refusedElsewhere(string memory artifact, bytes memory arguments) private {
        bytes memory code = bytes.concat(vm.getCode(artifact), arguments);
        vm.chainId(1);
        (address deployed, bytes memory answer) = create(code);
        assertEq(deployed, address(0), artifact);
        bytes memory reason = abi.encodeWithSignature("LocalChainOnly(uint256)", 1);
        assertEq(keccak256(answer), keccak256(reason), artifact);
        vm.chainId(31337);
        (deployed,) = create(code);
        assertTrue(deployed != address(0), artifact);
    }

    function create(bytes memory code) private returns (address deployed, bytes memory answer) {
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
            answer := mload(0x40)
            mstore(answer, returndatasize())
            returndatacopy(add(answer, 32), 0, returndatasize())
            mstore(0x40, add(answer, add(64, returndatasize())))
        }
    }
}
