// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IAttestationVerifier} from "../src/interfaces/IAttestationVerifier.sol";
import {Deployed} from "./support/Deployed.sol";
import {ScriptedDcap} from "./support/hostile/ScriptedDcap.sol";

/// @notice The adapter in front of an on-chain DCAP verifier, which here says what the test has it say.
contract DcapVerifierTest is Deployed {
    /// @dev As the contract has it, which is not compiled here.
    struct Measurement {
        bytes32 registers;
        bytes20 appId;
    }

    string internal constant ARTIFACT = "DcapVerifier.sol:DcapVerifier";
    bytes internal constant REPORT = "sixty-four bytes of report data: signer, statement, and zeros...";
    /// @dev Attributes and XFAM as dstack's machines have them.
    bytes internal constant FEATURES = hex"0000001000000000e702060000000000";
    bytes internal constant EVIDENCE = abi.encode(bytes("a quote"), bytes(""));
    uint256 internal constant UP_TO_DATE = 0;
    uint256 internal constant SW_HARDENING_NEEDED = 1;
    uint256 internal constant REVOKED = 6;
    uint256 internal constant BODY_AT = 11;
    IAttestationVerifier.Standing internal constant STANDS = IAttestationVerifier.Standing.STANDS;
    IAttestationVerifier.Standing internal constant LATE = IAttestationVerifier.Standing.LATE;
    IAttestationVerifier.Standing internal constant REFUTED = IAttestationVerifier.Standing.REFUTED;

    ScriptedDcap internal dcap;
    IAttestationVerifier internal adapter;

    function setUp() public override {
        super.setUp();
        dcap = new ScriptedDcap();
        adapter = deployAdapter(1);
    }

    function test_a_body_of_either_version_is_read_at_its_place() public {
        dcap.say(true, output(2, UP_TO_DATE, body(584)));
        assertTrue(!adapter.simulated() && adapter.verify(REPORT, APP_ID, EVIDENCE), "TD 1.0");
        assertEq(keccak256(dcap.asked()), keccak256("a quote"), "the quote alone is passed on");
        dcap.say(true, output(3, UP_TO_DATE, body(648)));
        assertTrue(adapter.verify(REPORT, APP_ID, EVIDENCE), "TD 1.5");
        dcap.say(true, bytes.concat(output(2, UP_TO_DATE, body(584)), abi.encode("INTEL-SA-00001")));
        assertTrue(adapter.verify(REPORT, APP_ID, EVIDENCE), "with advisories");
    }

    function test_every_measured_byte_counts_and_no_other_does() public {
        bytes memory plain = body(584);
        for (uint256 i; i < 584; ++i) {
            bytes memory bent = bytes.concat(plain);
            bent[i] ^= 0x01;
            dcap.say(true, output(2, UP_TO_DATE, bent));
            // Of the attributes and features the lowest bit of one byte may be either: processor trace.
            bool isBound = (i >= 120 && i < 184 && i != 129) || (i >= 328 && i < 584);
            assertTrue(adapter.verify(REPORT, APP_ID, EVIDENCE) != isBound, vm.toString(i));
        }
    }

    function test_what_is_not_a_td_report_is_refused() public {
        refused(true, output(1, UP_TO_DATE, body(384)), "SGX");
        refused(true, output(4, UP_TO_DATE, body(584)), "unknown type");
        refused(true, output(258, UP_TO_DATE, body(584)), "type's high byte");
        refused(true, output(3, UP_TO_DATE, body(584)), "TD 1.5 that is cut off");
        refused(true, output(2, UP_TO_DATE, body(583)), "TD 1.0 that is cut off");
        refused(true, "", "empty");
        refused(true, new bytes(10), "half a head");
        refused(false, output(2, UP_TO_DATE, body(584)), "a no");
    }

    function test_tcb_status_is_accepted_by_its_number() public {
        refused(true, output(2, SW_HARDENING_NEEDED, body(584)), "not accepted");
        refused(true, output(2, 255, body(584)), "beyond the list");
        adapter = deployAdapter(1 << SW_HARDENING_NEEDED);
        dcap.say(true, output(2, SW_HARDENING_NEEDED, body(584)));
        assertTrue(adapter.verify(REPORT, APP_ID, EVIDENCE), "accepted");
        refused(true, output(2, UP_TO_DATE, body(584)), "not in the list");
    }

    function test_a_verifier_that_fails_admits_nobody() public {
        dcap.fail();
        assertTrue(!adapter.verify(REPORT, APP_ID, EVIDENCE), "reverts");
        assertTrue(!adapter.verify(REPORT, APP_ID, ""), "no evidence");
        says(STANDS, "review");
    }

    function test_late_tcb_is_late_a_revoked_one_refutes_and_late_collateral_is_neither() public {
        for (uint256 tcb; tcb < 9; ++tcb) {
            dcap.say(true, output(2, tcb, body(584)));
            says(tcb == UP_TO_DATE ? STANDS : tcb == REVOKED ? REFUTED : LATE, vm.toString(tcb));
        }
        dcap.say(false, "TCB info expired");
        says(STANDS, "collateral is late");
    }

    function test_a_measurement_is_of_one_app() public {
        dcap.say(true, output(2, UP_TO_DATE, body(584)));
        assertTrue(adapter.verify(REPORT, APP_ID, EVIDENCE), "its app");
        assertTrue(!adapter.verify(REPORT, bytes20(address(0xB0B)), EVIDENCE), "another app");
        assertTrue(!adapter.verify(REPORT, 0, EVIDENCE), "no app");
        bytes memory other = body(584);
        other[140] ^= 0x01;
        dcap.say(true, output(2, UP_TO_DATE, other));
        assertTrue(!adapter.verify(REPORT, 0, EVIDENCE), "no app, of nobody's measurement");
    }

    function test_an_adapter_that_admits_nothing_is_a_mistake() public {
        refusedAdapter(new Measurement[](0), "none");
        Measurement[] memory ofNoApp = new Measurement[](1);
        ofNoApp[0].registers = keccak256("measured");
        refusedAdapter(ofNoApp, "of no app");
    }

    function refusedAdapter(Measurement[] memory measurements, string memory what) private {
        bytes memory code = bytes.concat(vm.getCode(ARTIFACT), abi.encode(dcap, 1, measurements));
        address deployed;
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        assertEq(deployed, address(0), what);
    }

    function says(IAttestationVerifier.Standing expected, string memory what) private {
        assertTrue(adapter.review(REPORT, APP_ID, EVIDENCE, "") == expected, what);
    }

    function refused(bool success, bytes memory answer, string memory what) private {
        dcap.say(success, answer);
        assertTrue(!adapter.verify(REPORT, APP_ID, EVIDENCE), what);
    }

    function deployAdapter(uint256 acceptedTcb) private returns (IAttestationVerifier) {
        bytes memory measured;
        for (uint256 i = 136; i < 520; ++i) {
            if (i < 184 || i >= 328) measured = bytes.concat(measured, bytes1(uint8(i)));
        }
        Measurement[] memory allowed = new Measurement[](1);
        allowed[0] = Measurement(keccak256(measured), APP_ID);
        return IAttestationVerifier(vm.deployCode(ARTIFACT, abi.encode(dcap, acceptedTcb, allowed)));
    }

    /// @dev Each byte tells its place, but for attributes and features, the report data, and MR_SERVICETD.
    function body(uint256 length) private pure returns (bytes memory made) {
        made = new bytes(length);
        for (uint256 i; i < length; ++i) {
            if (i >= 120 && i < 136) made[i] = FEATURES[i - 120];
            else if (i >= 520 && i < 584) made[i] = REPORT[i - 520];
            else if (i < 600) made[i] = bytes1(uint8(i));
        }
    }

    function output(uint256 bodyType, uint256 tcb, bytes memory td) private pure returns (bytes memory) {
        bytes memory head = abi.encodePacked(uint16(4), uint16(bodyType), uint8(tcb), bytes6("fmspc"));
        assert(head.length == BODY_AT);
        return bytes.concat(head, td);
    }
}
