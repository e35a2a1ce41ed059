// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Deployed} from "./support/Deployed.sol";

contract SimulatorVerifierTest is Deployed {
    bytes internal constant REPORT = "sixty-four bytes of report data: signer, statement, and zeros...";

    function test_it_says_that_it_is_simulated() public view {
        assertTrue(verifier.simulated(), "verifier");
        assertTrue(registry.simulated(), "registry");
    }

    function test_root_vouches_for_one_report() public {
        bytes memory evidence = sign(ROOT_KEY, keccak256(REPORT));
        assertTrue(verifier.verify(REPORT, evidence), "its report");
        assertTrue(!verifier.verify(bytes.concat(REPORT, hex"00"), evidence), "another report");
        assertTrue(!verifier.verify(REPORT, sign(ENCLAVE_KEY, keccak256(REPORT))), "another root");
    }

    function test_broken_evidence_is_a_no_and_not_an_error() public {
        assertTrue(!verifier.verify(REPORT, ""), "empty");
        assertTrue(!verifier.verify(REPORT, new bytes(65)), "zeros");
        assertTrue(!verifier.verify(REPORT, new bytes(64)), "short");
    }

    function test_verifier_without_a_root_admits_nobody() public {
        address rootless = vm.deployCode("SimulatorVerifier.sol:SimulatorVerifier", abi.encode(address(0)));
        (bool ok, bytes memory answer) =
            rootless.staticcall(abi.encodeCall(verifier.verify, (REPORT, new bytes(65))));
        assertTrue(ok && !abi.decode(answer, (bool)), "unreadable signature admitted");
    }

    function test_local_contracts_deploy_on_the_local_chain_alone() public {
        refusedElsewhere("SimulatorVerifier.sol:SimulatorVerifier", abi.encode(vm.addr(ROOT_KEY)));
        refusedElsewhere("DemoToken.sol:DemoToken", abi.encode("Demo dollar", "DEMO"));
        refusedElsewhere("DemoLots.sol:DemoLots", "");
        refusedElsewhere("DemoEditions.sol:DemoEditions", "");
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
