// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IAttestationVerifier} from "../../src/interfaces/IAttestationVerifier.sol";
import {Deployed} from "../support/Deployed.sol";
import {ScriptedDcap} from "../support/hostile/ScriptedDcap.sol";

/// @notice The adapter against tests/vectors/attestation/masks.json: what browsers refuse of a trust domain's report, it
/// refuses, bit by bit.
contract MaskVectorsTest is Deployed {
    /// @dev As the contract has it, which is not compiled here.
    struct Measurement {
        bytes32 registers;
        bytes20 appId;
    }

    bytes internal constant REPORT = "sixty-four bytes of report data: signer, statement, and zeros...";
    bytes internal constant EVIDENCE = abi.encode(bytes("a quote"), bytes(""));

    function test_every_bit_is_judged_as_browsers_judge_it() public {
        string memory json = vm.readFile("../tests/vectors/attestation/masks.json");
        ScriptedDcap dcap = new ScriptedDcap();
        Measurement[] memory allowed = new Measurement[](1);
        // All registers are zero here.
        allowed[0] = Measurement(keccak256(new bytes(5 * 48)), APP_ID);
        IAttestationVerifier adapter =
            IAttestationVerifier(vm.deployCode("DcapVerifier.sol:DcapVerifier", abi.encode(dcap, 1, allowed)));
        uint256 count;
        uint256 accepted;
        for (; vm.keyExistsJson(json, item(count)); ++count) {
            string memory path = item(count);
            uint256 bodyType = vm.parseJsonUint(json, string.concat(path, ".bodyType"));
            bytes memory body = new bytes(bodyType == 2 ? 584 : 648);
            put(body, 120, vm.parseJsonBytes(json, string.concat(path, ".tdAttributes")));
            put(body, 128, vm.parseJsonBytes(json, string.concat(path, ".xfam")));
            put(body, 520, REPORT);
            if (bodyType == 3) put(body, 600, vm.parseJsonBytes(json, string.concat(path, ".mrServiceTd")));
            dcap.say(true, bytes.concat(abi.encodePacked(uint16(4), uint16(bodyType), uint8(0), bytes6("fmspc")), body));
            bool isAccepted = vm.parseJsonBool(json, string.concat(path, ".accepted"));
            string memory name = vm.parseJsonString(json, string.concat(path, ".name"));
            assertTrue(adapter.verify(REPORT, APP_ID, EVIDENCE) == isAccepted, name);
            if (isAccepted) accepted += 1;
        }
        assertTrue(count > 250 && accepted > 4 && accepted < count / 2, "cases");
    }

    function item(uint256 i) private pure returns (string memory) {
        return string.concat(".cases[", vm.toString(i), "]");
    }

    function put(bytes memory body, uint256 at, bytes memory field) private pure {
        for (uint256 i; i < field.length; ++i) body[at + i] = field[i];
    }
}
